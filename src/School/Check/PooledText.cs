using System.Text.Json;
using System.Text.Json.Serialization;

namespace Groeilijn.School;

/// <summary>
/// Reads a text that many results share, such as a subject, a day or the name of a file, as one string for all of them: a hundred
/// thousand results hold a few hundred texts. Never for what identifies a pupil: pooled texts stay in memory.
/// </summary>
sealed class PooledText : JsonConverter<string>
{
    const int LongestPooled = 64;

    [ThreadStatic]
    static HashSet<string>? t_texts;

    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.HasValueSequence || reader.ValueSpan.Length > LongestPooled) return reader.GetString()!;
        Span<char> text = stackalloc char[LongestPooled];
        var length = reader.CopyString(text);
        var pool = (t_texts ??= new(StringComparer.Ordinal)).GetAlternateLookup<ReadOnlySpan<char>>();
        if (pool.TryGetValue(text[..length], out var known)) return known;
        pool.Add(text[..length]);
        return pool.TryGetValue(text[..length], out known) ? known : new string(text[..length]);
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

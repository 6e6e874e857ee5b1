using System.Text;
using System.Text.RegularExpressions;
using Groeilijn.Delivery;

namespace Groeilijn.Tests.Formats;

/// <summary>
/// What every record's reader must do: read back what was written, byte for byte; refuse each way in which a text can differ
/// from the canonical one; and never repeat in a message what stood there.
/// </summary>
static partial class RecordTests
{
    public delegate bool Reader<T>(ReadOnlySpan<byte> bytes, out T? value, out JsonFault? fault);

    const string Mark = "ZZZ-SENTINEL";

    /// <param name="free">Members whose text is free, so that a marked value is allowed there.</param>
    public static void ReadsOnlyTheCanonicalText<T>(byte[] bytes, Reader<T> read, Func<T, byte[]> write, params string[] free)
    {
        Assert.True(read(bytes, out T? value, out JsonFault? none), none?.ToString());
        Assert.Equal(bytes, write(value!));
        string text = Encoding.UTF8.GetString(bytes);
        foreach ((string changed, string member) in Changes(text))
        {
            if (read(Encoding.UTF8.GetBytes(changed), out _, out JsonFault? fault))
            {
                Assert.Contains(member, free);
                continue;
            }
            Assert.DoesNotContain(Mark, fault!.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.NotEmpty(fault.Rule);
        }
    }

    static IEnumerable<(string Text, string Member)> Changes(string text)
    {
        for (int length = 0; length < text.Length; length++) yield return (text[..length], "");
        yield return (text + Mark, "");
        yield return ("\uFEFF" + text, "");
        foreach (Match member in MemberPattern().Matches(text))
        {
            string name = member.Groups["name"].Value, pair = member.Value;
            (int start, int end) = (member.Index, member.Index + member.Length);
            yield return (text[..start] + pair.Replace(name, Mark, StringComparison.Ordinal) + text[end..], "");
            yield return (text[..end] + " " + text[end..], "");
            yield return (text[..start] + $"\"{Mark}\":\"{Mark}\"," + text[start..], "facts");
            yield return (text[..end] + $"\"{Mark}\"" + AfterValue(text[end..]), name);
            yield return (text[..end] + "99999999999999999999" + AfterValue(text[end..]), "");
            yield return (text[..end] + "{}" + AfterValue(text[end..]), "");
            if (AfterValue(text[end..]) is ['"' or ',', ..] rest) yield return (text[..start] + text[start..^rest.Length] + "," + text[start..], "");
        }
    }

    /// <summary>What follows a text or an integer; of an object or a list, what follows its opening.</summary>
    static string AfterValue(string text) => ValuePattern().Replace(text, "", 1);

    [GeneratedRegex("\"(?<name>[a-z][A-Za-z0-9]*)\":")] private static partial Regex MemberPattern();
    [GeneratedRegex("""\A("([^"\\]|\\.)*"|-?[0-9]+|[\[{])""")] private static partial Regex ValuePattern();
}

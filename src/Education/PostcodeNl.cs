using System.Globalization;

namespace Groeilijn.Education;

/// <summary>
/// A Dutch postcode: four digits of which the first is not zero, and two letters. SA, SD and SS are never issued.
/// Spaces and lower case are read and give <see cref="Signal.Respelled"/>. The default value is no postcode.
/// </summary>
public readonly record struct PostcodeNl
{
    readonly int _packed;

    PostcodeNl(int packed) => _packed = packed;

    /// <summary>The digits: 1000 to 9999, the neighbourhood.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public int Digits => _packed != 0 ? _packed / 676 : throw new InvalidOperationException("A default PostcodeNl is no postcode.");

    /// <summary>Six characters, as in <c>1234AB</c>.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture,
        $"{Digits}{(char)('A' + _packed % 676 / 26)}{(char)('A' + _packed % 26)}");

    /// <summary>Reads a postcode.</summary>
    public static Parsed<PostcodeNl> Parse(string? text)
    {
        var span = text.AsSpan().Trim();
        if (span.IsEmpty) return Parsed<PostcodeNl>.No(Fault.Empty);
        Span<char> six = stackalloc char[6];
        var n = 0;
        foreach (var c in span)
        {
            if (c is ' ' or '\u00a0') continue;
            if (n == 6) return Parsed<PostcodeNl>.No(Fault.Length);
            six[n++] = Spelling.Upper(c);
        }
        if (n != 6) return Parsed<PostcodeNl>.No(Fault.Length);
        if (six[..4].ContainsAnyExceptInRange('0', '9') || six[4..].ContainsAnyExceptInRange('A', 'Z')) return Parsed<PostcodeNl>.No(Fault.Characters);
        if (six[0] == '0') return Parsed<PostcodeNl>.No(Fault.OutOfRange);
        if (six[4] == 'S' && (six[5] is 'A' or 'D' or 'S')) return Parsed<PostcodeNl>.No(Fault.NeverIssued);
        var packed = int.Parse(six[..4], CultureInfo.InvariantCulture) * 676 + (six[4] - 'A') * 26 + (six[5] - 'A');
        return Parsed<PostcodeNl>.Of(new PostcodeNl(packed), span.SequenceEqual(six) ? Signal.None : Signal.Respelled);
    }

    /// <summary>Masked: a pupil's postcode never enters a message or a log.</summary>
    public override string ToString() => "PostcodeNl(****)";
}

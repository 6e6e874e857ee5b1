namespace Groeilijn.Delivery;

/// <summary>Base64 without padding, in its one canonical spelling, as the age header uses it.</summary>
static class Base64
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    /// <summary>The bytes, or null when the text has padding, white space, foreign letters or bits that say nothing.</summary>
    public static byte[]? Decode(string text)
    {
        if (text.Length % 4 == 1 || text.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/'))) return null;
        byte[] bytes = Convert.FromBase64String(text + new string('=', (4 - (text.Length % 4)) % 4));
        return Encode(bytes) == text ? bytes : null;
    }

    /// <summary>The bytes of padded base64, or null when it is not the canonical spelling.</summary>
    public static byte[]? DecodePadded(string text)
    {
        byte[]? bytes = Decode(text.TrimEnd('='));
        return bytes is not null && Convert.ToBase64String(bytes) == text ? bytes : null;
    }
}

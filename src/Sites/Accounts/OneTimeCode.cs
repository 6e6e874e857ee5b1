using System.Security.Cryptography;
using System.Text;

namespace Groeilijn.Sites.Accounts;

/// <summary>
/// A code that works once: 80 random bits as sixteen letters and digits that are hard to confuse (Crockford's base 32). Only its hash
/// is kept; with so many bits a plain SHA-256 can not be turned back.
/// </summary>
static class OneTimeCode
{
    internal const int PerAccount = 10;

    const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const int Length = 16, Group = 4;

    /// <summary>A new code in groups of four, as a person reads it.</summary>
    internal static string New() => string.Join('-', RandomNumberGenerator.GetString(Alphabet, Length).Chunk(Group).Select(four => new string(four)));

    /// <summary>The hash under which a code is kept; null when the text is no code.</summary>
    internal static byte[]? Hash(string? typed)
    {
        var code = new string([.. (typed ?? "").Where(c => c != '-' && !char.IsWhiteSpace(c)).Select(Read)]);
        return code.Length == Length && code.All(Alphabet.Contains) ? SHA256.HashData(Encoding.ASCII.GetBytes("groeilijn code " + code)) : null;
    }

    static char Read(char typed) => char.ToUpperInvariant(typed) switch { 'O' => '0', 'I' or 'L' => '1', var c => c };
}

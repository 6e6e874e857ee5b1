using System.Security.Cryptography;
using System.Text;
using Groeilijn.Delivery;

namespace Groeilijn.Office;

/// <summary>
/// A project's own key and the pseudonyms it makes: HMAC-SHA-256 (RFC 2104) of a label and the identity, the first 128 bits, in
/// letters a–p. Under two keys nothing connects the pseudonyms of one pupil; without the key nobody can compute one from a RIN. The
/// label keeps pupils and schools apart: equal input bytes never give equal pseudonyms.
/// </summary>
public sealed class ProjectKey : IDisposable
{
    const int Length = 32;
    const string PupilLabel = "groeilijn/pupil/v1", SchoolLabel = "groeilijn/school/v1", StrangerLabel = "groeilijn/stranger/v1";

    readonly byte[] _key;

    ProjectKey(byte[] key) => _key = key;

    /// <summary>A new key from the operating system, kept in a file that its owner alone may read.</summary>
    public static ProjectKey Create(string path)
    {
        var key = new ProjectKey(RandomNumberGenerator.GetBytes(Length));
        DurableFile.WriteSecret(path, key._key);
        return key;
    }

    /// <summary>A key of 32 bytes that exists.</summary>
    public static ProjectKey From(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Length);
        return new(key.ToArray());
    }

    /// <summary>The pupil's pseudonym in this project.</summary>
    public string Pupil(string rin) => Pseudonym(PupilLabel, rin);

    /// <summary>The school's pseudonym in this project.</summary>
    public string School(string location) => Pseudonym(SchoolLabel, location);

    /// <summary>A name in this project for somebody of whom it has no result, made of the random handle by which the release memory knows them.</summary>
    public string Stranger(string handle) => Pseudonym(StrangerLabel, handle);

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    string Pseudonym(string label, string identity)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(label + identity), mac);
        return string.Create(Length, Convert.ToHexString(mac[..(Length / 2)]), (letters, hex) =>
        {
            for (var i = 0; i < letters.Length; i++) letters[i] = (char)('a' + (char.IsAsciiDigit(hex[i]) ? hex[i] - '0' : hex[i] - 'A' + 10));
        });
    }
}

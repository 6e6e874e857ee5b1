using System.Security.Cryptography;
using Groeilijn.Storage;

namespace Groeilijn.School;

/// <summary>
/// Cuts one pupil's line out of what was sent and leaves it empty, so that the others keep their place. The manifest's hash stays where it
/// is; that the kept bytes no longer have it is recorded with them.
/// </summary>
static class CutLines
{
    public static void Cut(Transaction tx, SchoolHome home, long person)
    {
        foreach (var (edition, sequence, line) in tx.Read<(string, int, int)>("SELECT edition, sequence, line FROM delivered WHERE person = @person", new { person }))
        {
            var place = Sent.PlaceOf(edition, sequence);
            if (tx.ReadOne<byte[]>("SELECT payload FROM sent WHERE edition = @edition AND sequence = @sequence", new { edition, sequence }) is { } kept)
            {
                var whole = home.Vault.Open(kept, place);
                var cut = Without(whole, line);
                tx.Execute("UPDATE sent SET payload = @payload, cut = cut + 1 WHERE edition = @edition AND sequence = @sequence", new { payload = home.Vault.Seal(cut, place), edition, sequence });
                CryptographicOperations.ZeroMemory(whole);
                CryptographicOperations.ZeroMemory(cut);
            }
            tx.Execute("DELETE FROM delivered WHERE edition = @edition AND sequence = @sequence AND person = @person", new { edition, sequence, person });
            if (tx.ReadOne<long>("SELECT count(*) FROM delivered WHERE edition = @edition AND sequence = @sequence", new { edition, sequence }) == 0)
                tx.Execute("DELETE FROM sent WHERE edition = @edition AND sequence = @sequence", new { edition, sequence });
        }
    }

    /// <summary>The payload with one pupil's line empty; lines are counted from 0 after the header.</summary>
    static byte[] Without(byte[] payload, int line)
    {
        var start = 0;
        for (var before = 0; before <= line; before++) start += payload.AsSpan(start).IndexOf((byte)'\n') + 1;
        var length = payload.AsSpan(start).IndexOf((byte)'\n');
        return [.. payload.AsSpan(0, start), .. payload.AsSpan(start + length)];
    }
}

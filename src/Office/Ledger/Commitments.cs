using System.Security.Cryptography;
using Groeilijn.Delivery;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// Personal references in the ledger. The ledger never forgets, so it holds only SHA-256 of a salt and the reference; the salt lies here, one
/// for each, and can be erased. Without it nobody can tell whom an entry was about, also not by trying every number there is.
/// </summary>
public static class Commitments
{
    const int SaltLength = 32;

    /// <summary>A new commitment to a reference, for the fact <c>commitment</c> of an entry in the same step.</summary>
    public static string Make(OfficeHome home, Transaction t, string reference)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var commitment = LedgerEntry.Commitment(salt, reference);
        t.Execute("INSERT INTO commitments (commitment, salt, made) VALUES (@commitment, @salt, @made)", new { commitment, salt, made = OfficeHome.Text(home.Now) });
        return commitment;
    }

    /// <summary>Whether a commitment is to this reference; false also when its salt is gone.</summary>
    public static bool IsOf(Transaction t, string commitment, string reference) =>
        t.ReadOne<byte[]>("SELECT salt FROM commitments WHERE commitment = @commitment AND salt IS NOT NULL", new { commitment }) is { } salt && LedgerEntry.Commitment(salt, reference) == commitment;

    /// <summary>Erases a commitment's salt: the entry stays and says nothing any more. False when it was erased before or never made.</summary>
    public static bool Erase(OfficeHome home, Transaction t, string commitment)
    {
        if (t.Execute("UPDATE commitments SET salt = NULL, erased = @erased WHERE commitment = @commitment AND salt IS NOT NULL", new { commitment, erased = OfficeHome.Text(home.Now) }) == 0) return false;
        t.Enter(home.Entry("office", "commitment-erased", ("commitment", commitment)));
        return true;
    }
}

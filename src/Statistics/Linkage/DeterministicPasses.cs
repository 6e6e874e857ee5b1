namespace Groeilijn.Statistics.Linkage;

/// <summary>What became of one pupil of a delivery.</summary>
public enum LinkOutcome
{
    /// <summary>Nobody in the register fits.</summary>
    NotFound,
    /// <summary>Linked by number, with agreement on birth date or sex.</summary>
    ByNumber,
    /// <summary>Linked by birth date, sex and address, unique on both sides.</summary>
    ByAddress,
    /// <summary>More than one answer is possible, so there is none: twins without a number, or two pupils that fit one person.</summary>
    Possible,
    /// <summary>The number is somebody else's (neither birth date nor sex agree) and the address finds nobody.</summary>
    Refused,
}

/// <summary>The outcome for one pupil.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Person">The person's place in the register; −1 when not linked.</param>
public readonly record struct LinkResult(LinkOutcome Outcome, int Person)
{
    /// <summary>Whether there is a link.</summary>
    public bool Linked => Person >= 0;
}

/// <summary>
/// Two deterministic passes in the order of Statistics Netherlands' practice: first the number, checked against the other
/// variables; then birth date, sex and address. A person is linked at most once in a delivery, and nothing is ever chosen
/// between equals. The links depend on the set of pupils, not on their order.
/// </summary>
/// <remarks>
/// Both sides must be unique because the historical study of these keys (Statistical Journal of the UN ECE 21, 2004) finds
/// 8.7 % multiple answers: taking one of them would be a false link in half the cases.
/// </remarks>
public static class DeterministicPasses
{
    /// <summary>Links the pupils of one delivery.</summary>
    /// <param name="register">The register.</param>
    /// <param name="pupils">The pupils.</param>
    /// <param name="referenceDay">Day number of the school's export: addresses are those of that day, or the previous one if left within a year.</param>
    /// <returns>One result per pupil, in their order.</returns>
    public static LinkResult[] Link(RegisterIndex register, ReadOnlySpan<PupilKeys> pupils, int referenceDay)
    {
        ArgumentNullException.ThrowIfNull(register);
        var results = new LinkResult[pupils.Length];
        var claimed = PassByNumber(register, pupils, results);
        PassByAddress(register, pupils, referenceDay, claimed, results);
        return results;
    }

    /// <summary>Fills in what the number decides; returns how many pupils claim each person.</summary>
    static Dictionary<int, int> PassByNumber(RegisterIndex register, ReadOnlySpan<PupilKeys> pupils, LinkResult[] results)
    {
        var claims = new Dictionary<int, int>();
        var found = new List<int>();
        for (var i = 0; i < pupils.Length; i++)
        {
            found.Clear();
            if (pupils[i].Number != 0) register.ByNumber(pupils[i].Number, found);
            var holders = found.Count;
            var pupil = pupils[i];
            found.RemoveAll(person => !Agrees(register[person], pupil));
            foreach (var person in found) claims[person] = claims.GetValueOrDefault(person) + 1;
            results[i] = (found.Count, holders) switch
            {
                (1, _) => new LinkResult(LinkOutcome.ByNumber, found[0]),
                ( > 1, _) => new LinkResult(LinkOutcome.Possible, -1),
                (_, > 0) => new LinkResult(LinkOutcome.Refused, -1),
                _ => new LinkResult(LinkOutcome.NotFound, -1),
            };
        }
        DropShared(results, claims, LinkOutcome.ByNumber);
        return claims;
    }

    /// <summary>Whoever has no number, or one that led nowhere, is sought by birth date, sex and address.</summary>
    static void PassByAddress(RegisterIndex register, ReadOnlySpan<PupilKeys> pupils, int day, Dictionary<int, int> claims, LinkResult[] results)
    {
        var found = new List<int>();
        for (var i = 0; i < pupils.Length; i++)
        {
            if (results[i].Outcome is LinkOutcome.ByNumber or LinkOutcome.Possible || !HasAddressKeys(pupils[i])) continue;
            found.Clear();
            register.ByAddress(pupils[i], day, found);
            foreach (var person in found) claims[person] = claims.GetValueOrDefault(person) + 1;
            if (found.Count > 0) results[i] = found.Count == 1 ? new LinkResult(LinkOutcome.ByAddress, found[0]) : new LinkResult(LinkOutcome.Possible, -1);
        }
        DropShared(results, claims, LinkOutcome.ByAddress);
    }

    /// <summary>Two pupils that fit one person: neither is linked. A link by number stands against a later fit by address.</summary>
    static void DropShared(LinkResult[] results, Dictionary<int, int> claims, LinkOutcome pass)
    {
        for (var i = 0; i < results.Length; i++)
            if (results[i].Outcome == pass && claims[results[i].Person] > 1) results[i] = new LinkResult(LinkOutcome.Possible, -1);
    }

    static bool Agrees(in RegisteredPerson person, in PupilKeys pupil) =>
        PackedDate.Agree(person.Born, pupil.Born) || (person.Sex != 0 && person.Sex == pupil.Sex);

    /// <summary>A birth date with unknown parts fits too many, an unknown sex nobody.</summary>
    static bool HasAddressKeys(in PupilKeys pupil) =>
        PackedDate.IsWhole(pupil.Born) && pupil.Sex != 0 && pupil.Postcode != 0 && pupil.House != 0;
}

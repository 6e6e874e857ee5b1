namespace Groeilijn.Office;

/// <summary>
/// One field of a pair for a reviewer: what agrees is masked, what differs is shown with its place. Nobody needs to see a whole number or address
/// to judge whether two are one.
/// </summary>
/// <param name="Name">The field of the model: <c>number</c>, <c>born</c>, <c>sex</c>, <c>postcode</c>, <c>house</c>.</param>
/// <param name="School">As the school has it, masked; empty when the school has none.</param>
/// <param name="Register">As the register has it, masked; empty when it has none.</param>
/// <param name="Places">Places that differ, from 1, counted in the longer of the two; empty when they are the same or one is not there.</param>
readonly record struct ComparedField(string Name, string School, string Register, IReadOnlyList<int> Places)
{
    const char Mask = '•';

    /// <summary>Whether both have a value.</summary>
    public bool Known => School.Length > 0 && Register.Length > 0;

    /// <summary>Whether both have the same.</summary>
    public bool Same => Known && Places.Count == 0;

    /// <summary>Compares two cells.</summary>
    public static ComparedField Of(string name, string school, string register)
    {
        if (school.Length == 0 || register.Length == 0) return new(name, new string(Mask, school.Length), new string(Mask, register.Length), []);
        var (here, there) = school.Length == register.Length ? (Differing(school, register), Differing(register, school)) : Outside(school, register);
        var longer = school.Length >= register.Length ? here : there;
        return new(name, Masked(school, here), Masked(register, there), [.. longer.Count > 0 || here.Count + there.Count == 0 ? longer.Select(i => i + 1) : [1]]);
    }

    static List<int> Differing(string one, string other) => [.. Enumerable.Range(0, one.Length).Where(i => one[i] != other[i])];

    static string Masked(string text, List<int> shown) => string.Create(text.Length, (text, shown), static (letters, given) =>
    {
        for (var i = 0; i < letters.Length; i++) letters[i] = given.shown.Contains(i) ? given.text[i] : Mask;
    });

    /// <summary>Of two of different lengths the characters outside their longest common subsequence: a lost digit shows as one.</summary>
    static (List<int>, List<int>) Outside(string a, string b)
    {
        var longest = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
            for (var j = b.Length - 1; j >= 0; j--)
                longest[i, j] = a[i] == b[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
        var (here, there) = (new List<int>(), new List<int>());
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j]) { i++; j++; }
            else if (j == b.Length || (i < a.Length && longest[i + 1, j] >= longest[i, j + 1])) here.Add(i++);
            else there.Add(j++);
        }
        return (here, there);
    }

    /// <summary>Masked.</summary>
    public override string ToString() => "a compared field (masked)";
}

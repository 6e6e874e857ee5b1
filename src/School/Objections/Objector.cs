namespace Groeilijn.School;

/// <summary>Who objected, as a place and not a name: each parent's objection stands until that parent takes it back.</summary>
public enum Objector
{
    /// <summary>Nobody asked which parent it was.</summary>
    NotSaid,
    /// <summary>The first parent.</summary>
    Parent1,
    /// <summary>The second parent.</summary>
    Parent2,
    /// <summary>A guardian.</summary>
    Guardian,
}

/// <summary>The codes in the store and the words on the page.</summary>
public static class Objectors
{
    static readonly (string Code, string Dutch, string English)[] s_all = [("", "niet gevraagd", "not asked"), ("parent-1", "ouder 1", "parent 1"), ("parent-2", "ouder 2", "parent 2"), ("guardian", "voogd", "guardian")];

    /// <summary>The code: empty, <c>parent-1</c>, <c>parent-2</c>, <c>guardian</c>.</summary>
    public static string Code(this Objector objector) => s_all[(int)objector].Code;

    /// <summary>In words.</summary>
    public static string Words(this Objector objector, string language) => language == "nl" ? s_all[(int)objector].Dutch : s_all[(int)objector].English;

    /// <summary>Reads a code.</summary>
    public static bool TryRead(string code, out Objector objector)
    {
        var at = Array.FindIndex(s_all, one => one.Code == code);
        objector = (Objector)Math.Max(at, 0);
        return at >= 0;
    }
}

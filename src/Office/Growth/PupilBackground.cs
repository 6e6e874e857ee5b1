namespace Groeilijn.Office;

/// <summary>Two groups whose growth is compared within a school.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="First">The level whose growth is taken.</param>
/// <param name="Second">The level that it is compared with.</param>
public sealed record GapContrast(string Variable, string First, string Second)
{
    /// <summary>Whether a school sees itself who is in either group. Of others it reads words only: from numbers it could find out who is in them.</summary>
    public bool SeenBySchool => Variable is PupilBackground.Start or PupilBackground.Repeater or "sex";

    /// <summary>The gaps of the report; each appears when its variable is known of anybody.</summary>
    public static IReadOnlyList<GapContrast> All { get; } =
    [
        new(PupilBackground.Start, "low", "high"), new(PupilBackground.Repeater, "yes", "no"), new("sex", "f", "m"),
        new("parent_education", "low", "high"), new("income", "low", "high"), new("origin", "outside-europe", "netherlands"),
    ];
}

/// <summary>
/// What is known of pupils beside their scores, by variable and RIN. A pupil without a value has the level <see cref="Missing"/>, with an effect of its own in the model.
/// The start level and who repeated a year come from the cohort itself.
/// </summary>
/// <param name="Values">The level of each person, by variable: small letters, digits and dashes.</param>
public sealed record PupilBackground(IReadOnlyDictionary<string, IReadOnlyDictionary<Rin, string>> Values)
{
    /// <summary>The variable of the start level: the third (low, middle, high) of the participating schools' scores half a year <em>before</em> the step, so that its error is not that of the growth.</summary>
    public const string Start = "start_level";

    /// <summary>The variable of who was in one year group for longer than a year, as far as the half-years before show: yes or no.</summary>
    public const string Repeater = "repeater";

    /// <summary>The level of a pupil of whom the variable is not known.</summary>
    public const string Missing = "missing";

    /// <summary>Nothing is known but what the cohort says.</summary>
    public static PupilBackground None { get; } = new(new Dictionary<string, IReadOnlyDictionary<Rin, string>>());
}

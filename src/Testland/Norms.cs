using Groeilijn.Education;

namespace Groeilijn.Testland;

/// <summary>
/// What is published of the scales and of who scores how: means and standard deviations by subject and moment, and the effects of
/// background at the start and at the end of primary school, in standard deviations (Claes, thesis Maastricht, tables 3.1 and chapters 3–4).
/// </summary>
static class Norms
{
    internal const int Moments = 12, Subjects = 3, E3 = 1, M8 = 10;

    // By subject (reading, spelling, maths) and moment M3, E3, … M8, E8. Reading has no M3; E8 is continued from M8.
    static readonly double[][] s_mean =
    [
        [115.00, 121.41, 139.19, 144.83, 157.09, 160.84, 173.24, 182.01, 191.38, 196.69, 206.95, 212.00],
        [166.13, 211.99, 245.09, 274.33, 298.08, 319.63, 320.52, 339.90, 355.40, 361.21, 374.58, 380.00],
        [122.98, 148.39, 168.86, 190.35, 206.64, 218.55, 229.90, 241.43, 254.17, 261.50, 274.20, 281.00],
    ];

    static readonly double[][] s_deviation =
    [
        [26.77, 26.77, 27.21, 24.12, 25.35, 25.70, 24.30, 26.38, 25.47, 25.65, 26.57, 26.57],
        [48.98, 37.18, 36.09, 36.99, 37.39, 40.80, 33.33, 32.80, 30.61, 29.19, 30.23, 30.23],
        [31.02, 26.50, 27.03, 26.94, 25.97, 25.86, 25.68, 25.80, 25.98, 24.66, 26.06, 26.06],
    ];

    /// <summary>Effects at E3, and at M8 given E3; and the weight of E3 at M8, which is what the early effects still count for.</summary>
    static readonly Effects[] s_early =
    [
        new(Low: -.11, High: .31, Girl: .22, Western: .00, NonWestern: -.16, OneParent: .00),
        new(Low: -.09, High: .17, Girl: .11, Western: .00, NonWestern: -.11, OneParent: .00),
        new(Low: -.06, High: .32, Girl: -.27, Western: .00, NonWestern: -.29, OneParent: .00),
    ];

    static readonly Effects[] s_late =
    [
        new(Low: -.08, High: .33, Girl: .14, Western: .10, NonWestern: .06, OneParent: -.15),
        new(Low: -.02, High: .17, Girl: .00, Western: .18, NonWestern: .21, OneParent: -.04),
        new(Low: -.07, High: .28, Girl: -.13, Western: .14, NonWestern: .17, OneParent: -.15),
    ];

    static readonly double[] s_carry = [.48, .38, .52];

    /// <summary>The place of a year group's half-year in the tables.</summary>
    internal static int Moment(int group, HalfYear half) => (group - 3) * 2 + (half == HalfYear.E ? 1 : 0);

    internal static double Mean(int subject, int moment) => s_mean[subject][moment];

    internal static double Deviation(int subject, int moment) => s_deviation[subject][moment];

    /// <summary>
    /// The old series: other numbers for the same ability, on a scale that runs about 7 (spelling 3) a half-year and starts low; reading
    /// of end year group 4 has mean 21 there and 145 on the new one.
    /// </summary>
    internal static double OldScale(int subject, int moment, double z) => subject switch
    {
        0 => 5 + 5.4 * moment + 13.5 * z,
        1 => 108 + 3.1 * moment + 8.2 * z,
        _ => 34 + 7.6 * moment + 14.0 * z,
    };

    /// <summary>The effect of a child's background at a moment, centred on the country.</summary>
    internal static double Background(int subject, int moment, Family family, bool girl)
    {
        var (early, late) = (s_early[subject], s_late[subject]);
        var there = Arrived(moment);
        var start = early.Of(family, girl) - early.Mean(there);
        var end = late.Of(family, girl) - late.Mean(there) + s_carry[subject] * start;
        var share = (Math.Clamp(moment, E3, M8) - E3) / (double)(M8 - E3);
        return start + (end - start) * share;
    }

    /// <summary>Of the children whose origin is elsewhere, the share that is in the country by a moment: some are born abroad and come later.</summary>
    static double Arrived(int moment) => 0.925 + 0.009 * moment;

    /// <summary>The variance of <see cref="Background"/> in the country, its parts taken as independent.</summary>
    internal static double BackgroundVariance(int subject, int moment)
    {
        var share = (Math.Clamp(moment, E3, M8) - E3) / (double)(M8 - E3);
        return s_early[subject].Mix(1 - share + share * s_carry[subject], s_late[subject], share).Variance;
    }

    /// <summary>Effects of groups, against middle education, boys, origin in the Netherlands, two parents.</summary>
    readonly record struct Effects(double Low, double High, double Girl, double Western, double NonWestern, double OneParent)
    {
        const double LowShare = .0918, HighShare = .597, GirlShare = .489, WesternShare = .0776, NonWesternShare = .1864, OneParentShare = .13;

        internal double Of(Family family, bool girl) =>
            (family.Education == ParentEducation.Low ? Low : family.Education == ParentEducation.High ? High : 0)
            + (girl ? Girl : 0)
            + (family.Elsewhere ? family.Western ? Western : NonWestern : 0)
            + (family.OneParent ? OneParent : 0);

        internal double Mean(double arrived) =>
            Low * LowShare + High * HighShare + Girl * GirlShare + arrived * (Western * WesternShare + NonWestern * NonWesternShare) + OneParent * OneParentShare;

        internal double Variance => Two(Low, LowShare, High, HighShare) + Two(Girl, GirlShare, 0, 0) + Two(Western, WesternShare, NonWestern, NonWesternShare) + Two(OneParent, OneParentShare, 0, 0);

        internal Effects Mix(double mine, Effects other, double theirs) => new(
            mine * Low + theirs * other.Low, mine * High + theirs * other.High, mine * Girl + theirs * other.Girl,
            mine * Western + theirs * other.Western, mine * NonWestern + theirs * other.NonWestern, mine * OneParent + theirs * other.OneParent);

        static double Two(double a, double shareA, double b, double shareB)
        {
            var mean = a * shareA + b * shareB;
            return a * a * shareA + b * b * shareB - mean * mean;
        }
    }
}

namespace Groeilijn.School;

/// <summary>From where on something is worth a person's look. Each is chosen so that a clean export stays silent and a real mistake does not.</summary>
static class Limits
{
    /// <summary>Four standard deviations from the mean of a test: one pupil in fifteen thousand.</summary>
    public const double ScoreDeviations = 4;

    /// <summary>
    /// A step that is three standard deviations of the score more or less than the usual step. Two scores of one child a half-year apart
    /// differ by about two thirds of a deviation, so this is more than four of those.
    /// </summary>
    public const double GrowthDeviations = 3;

    /// <summary>Six standard deviations beyond the lowest and the highest mean of a scale: no child stands there, a lost decimal sign does.</summary>
    public const double ScaleDeviations = 6;

    /// <summary>A test of one, two or three year groups away is how schools test at a pupil's own level; of more it is another pupil's.</summary>
    public const int GroupsAway = 3;

    /// <summary>A child of year group 3 turns 6 in the year the school year starts: at most two years later (skipped) or three earlier (repeated, came late).</summary>
    public const int YearsYounger = 2, YearsOlder = 3;

    /// <summary>Below ten pupils half of them can share something by chance.</summary>
    public const int FewestForPattern = 10;

    /// <summary>Below five pupils a whole group can be ill or exempt.</summary>
    public const int FewestInGroup = 5;

    /// <summary>Nearly all: room for a tenth that was put right by hand.</summary>
    public const double NearlyAll = 0.9;

    /// <summary>Half: a day has one pupil in 366, a postcode about eight addresses; half of ten pupils is far from both.</summary>
    public const double Half = 0.5;

    /// <summary>A group took a test when three quarters of its pupils have a result: a tenth is ill or exempt in an ordinary round.</summary>
    public const double GroupTested = 0.75;

    /// <summary>A half-year has begun when a quarter of the pupils have a result in it: one test that was made late does not open it.</summary>
    public const double HalfBegun = 0.25;

    /// <summary>In every region of the country these weeks lie in the summer holidays; from the month and day to the month and day.</summary>
    public const int SummerFrom = 726, SummerTo = 814;
}

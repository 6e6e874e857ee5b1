using Groeilijn.Education;

namespace Groeilijn.Testland;

/// <summary>One test a child made. <see cref="Moment"/> is what the test was made for, <see cref="PupilGroup"/> the child's own year group.</summary>
readonly record struct Score(int SchoolYear, HalfYear Half, int Subject, int Moment, int PupilGroup, bool OldSeries, int Tenths, int Day);

/// <summary>
/// Where a child stands in a subject in a half-year, in standard deviations of the moment: what its background makes likely,
/// what is its own and its school's, and the error of the test. There is a standing whether or not the test is made.
/// </summary>
readonly record struct Standing(int SchoolYear, HalfYear Half, int Group, int Subject, bool TakesPart, double Background, double Own, double Error)
{
    internal double Able => Background + Own;

    internal double Shown => Able + Error;

    internal int Moment => Norms.Moment(Group, Half);
}

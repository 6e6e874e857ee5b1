using System.Globalization;
using Groeilijn.Statistics;

namespace Groeilijn.Benchmarks;

/// <summary>
/// An invented cohort as a CSV file: pupils with some scores a half-year apart, in schools, of whom a share moves once to another
/// school; pupils and schools have a level and a growth of their own. Throws are SplitMix64, so that a size always gives the same file.
/// </summary>
public static class CohortSample
{
    /// <summary>Writes <c>pupil,school,t,y</c>; a mover goes to a school at random, or with <paramref name="near"/> nine times of ten to one of the 25 next in number.</summary>
    public static void Write(string file, int pupils, int scores, int schools, double movers, bool near = false, bool missing = false)
    {
        var dice = new Throws(20240229);
        double[] level = new double[schools], growth = new double[schools];
        for (var s = 0; s < schools; s++)
        {
            var z = dice.Normal();
            (level[s], growth[s]) = (6 * z, 1.5 * (0.35 * z + 0.94 * dice.Normal()));
        }
        using var writer = new StreamWriter(file);
        writer.Write("pupil,school,t,y\n");
        for (var p = 0; p < pupils; p++)
        {
            var z = dice.Normal();
            double a = 14 * z, b = 3 * (0.2 * z + 0.98 * dice.Normal());
            var school = dice.Below(schools);
            var moves = dice.Unit() < movers ? 1 + dice.Below(scores - 1) : scores;
            for (var i = 0; i < scores; i++)
            {
                if (i == moves) school = near && dice.Unit() < 0.9 ? (school + 1 + dice.Below(25)) % schools : dice.Below(schools);
                var t = i * 0.5;
                var y = 100 + 12 * t + a + b * t + level[school] + growth[school] * t + 8 * dice.Normal();
                if (!missing || dice.Unit() < 0.97) writer.Write(string.Create(CultureInfo.InvariantCulture, $"{p + 1},{school + 1},{t},{y:F1}\n"));
            }
        }
    }

    /// <summary>
    /// Writes the scores of a country: seven half-years of which a pupil was tested in each with a chance of .908, so that 1.4 million pupils
    /// have 8.9 million scores in some hundred patterns; <paramref name="movers"/> of them change schools once, as in <see cref="Write"/>.
    /// </summary>
    public static void WriteNation(string file, int pupils, int schools, int movers, bool near)
    {
        var dice = new Throws(20240301);
        double[] level = Normals(dice, schools, 6), growth = Normals(dice, schools, 1.5);
        using var writer = new StreamWriter(file);
        writer.Write("pupil,school,t,y\n");
        for (var p = 0; p < pupils; p++)
        {
            double a = 14 * dice.Normal(), b = 3 * dice.Normal();
            var school = dice.Below(schools);
            var moves = dice.Unit() < (double)movers / pupils ? 1 + dice.Below(6) : 7;
            for (var i = 0; i < 7; i++)
            {
                if (i == moves) school = near && dice.Unit() < 0.9 ? (school + 1 + dice.Below(25)) % schools : dice.Below(schools);
                var t = i * 0.5;
                var y = 100 + 12 * t + a + b * t + level[school] + growth[school] * t + 8 * dice.Normal();
                if (dice.Unit() < 0.908) writer.Write(string.Create(CultureInfo.InvariantCulture, $"{p + 1},{school + 1},{t},{y:F1}\n"));
            }
        }
    }

    /// <summary>Scores on a whole-number scale at four moments, the last first, for growth percentiles.</summary>
    public static double[][] Scores(int pupils)
    {
        var dice = new Throws(11);
        var scores = Enumerable.Range(0, 4).Select(_ => new double[pupils]).ToArray();
        for (var i = 0; i < pupils; i++)
        {
            var level = dice.Normal();
            for (var k = 0; k < 4; k++) scores[k][i] = Math.Round(500 + 30 * (3 - k) + 60 * (0.85 * level + 0.53 * dice.Normal()));
        }
        return scores;
    }

    /// <summary>Writes ratings <c>s,d,dept,y</c>: students of lecturers of departments, crossed.</summary>
    public static void WriteRatings(string file, int ratings, int students, int lecturers, int departments)
    {
        var dice = new Throws(7);
        var (a, b, c) = (Normals(dice, students, 0.33), Normals(dice, lecturers, 0.52), Normals(dice, departments, 0.08));
        using var writer = new StreamWriter(file);
        writer.Write("s,d,dept,y\n");
        for (var i = 0; i < ratings; i++)
        {
            var (s, d) = (i % students, dice.Below(lecturers));
            var dept = dice.Unit() < 0.8 ? d % departments : dice.Below(departments);
            var y = Math.Clamp(Math.Round(3.25 + a[s] + b[d] + c[dept] + 1.18 * dice.Normal()), 1, 5);
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{s + 1},{d + 1},{dept + 1},{y}\n"));
        }
    }

    static double[] Normals(Throws dice, int n, double deviation) => [.. Enumerable.Range(0, n).Select(_ => deviation * dice.Normal())];

    static int Below(this Throws dice, int n) => (int)Math.BigMul(dice.Next(), (ulong)n, out _);
}

using System.Security.Cryptography;
using Groeilijn.Delivery;

namespace Groeilijn.Office;

/// <summary>
/// How many of its pupils were found, as a school may know it: about. Noise is added of which each value is e^0.2 times as likely as the next one out, and the sum is
/// rounded to a multiple of five. Whether one pupil was found makes no answer more than e^0.2 (1.22) times as likely, whatever else the school
/// knows or sends along: ε-differential privacy with ε = 0.2 for one delivery.
/// </summary>
static class RoundedCount
{
    /// <summary>ε.</summary>
    internal const double Epsilon = 0.2;

    const int Multiple = 5;

    /// <summary>The counts of an answer, with noise from the operating system.</summary>
    public static AnswerCounts Of(int pupils, int linked) => new(pupils, Round(linked + Draw() - Draw(), pupils));

    /// <summary>To a multiple of five, at least none and at most all.</summary>
    internal static int Round(int noisy, int pupils) => Math.Clamp((int)Math.Floor((noisy + Multiple / 2.0) / Multiple) * Multiple, 0, pupils);

    /// <summary>The probability of a difference of two draws.</summary>
    internal static double Probability(int noise)
    {
        var alpha = Math.Exp(-Epsilon);
        return (1 - alpha) / (1 + alpha) * Math.Pow(alpha, Math.Abs(noise));
    }

    /// <summary>A geometric number: the next one out is e^−ε times as likely.</summary>
    static int Draw()
    {
        var uniform = ((BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) >> 11) + 1) * (1.0 / (1UL << 53));
        return (int)Math.Floor(Math.Log(uniform) / -Epsilon);
    }
}

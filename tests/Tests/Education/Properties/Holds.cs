using FsCheck;
using FsCheck.Fluent;

namespace Groeilijn.Tests.Education.Properties;

/// <summary>Properties over drawn values: always the same draw, so that a failure is the same failure tomorrow.</summary>
static class Holds
{
    const int Draws = 2000;

    internal static void For<T>(Gen<T> values, Action<T> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Draws).WithQuietOnSuccess(true).WithReplay(20230124, 1), Prop.ForAll(values.ToArbitrary(), property));

    /// <summary>Nine digits as a number, never nine zeros.</summary>
    internal static Gen<int> NineDigits { get; } = Gen.Choose(1, 999_999_999);

    internal static string Text(this int number) => number.ToString("D9", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The numbers near a drawn one, up and down, until one satisfies the rule: 1 in 11 does.</summary>
    internal static Gen<string> Where(Func<string, bool> rule) =>
        NineDigits.Select(n => Enumerable.Range(0, 1000).Select(step => ((n + step) % 999_999_999 + 1).Text()).First(rule));
}

using System.Globalization;
using System.Text.Unicode;

namespace Groeilijn.Benchmarks;

/// <summary>
/// Invented files for <c>groeilijn link</c> of any size: <c>link-sample LEFT RIGHT PERSONS</c> writes a register of people of all ages and the records
/// that schools keep of its children of five to twelve, a twelfth of it, with errors. A person is a function of its number, so nothing is held in memory;
/// both files have orders of their own. Identifiers show who is who: P17 is R17.
/// </summary>
static class LinkageRun
{
    /// <summary>Persons at the addresses of a row of nine households; the last of the larger ones are children.</summary>
    static readonly (int Household, bool Child)[] s_row = [.. new[] { 1, 1, 2, 2, 4, 4, 3, 1, 2 }.SelectMany((size, household) => Enumerable.Range(0, size).Select(member => (household, member >= 2)))];

    /// <summary>Runs the words of the command line; false when they are not of this kind.</summary>
    internal static bool Try(string[] words)
    {
        switch (words)
        {
            case ["link-sample", var left, var right, var persons]:
                Write(left, right, int.Parse(persons, CultureInfo.InvariantCulture));
                return true;
            case ["link-plot", var table, var picture]:
                GrowthPlot.Write(table, picture, "linking", "records of both files", least: 0);
                return true;
            default:
                return false;
        }
    }

    static void Write(string left, string right, int persons)
    {
        using var pupils = new Lines(left);
        using var register = new Lines(right);
        for (var i = 0; i < persons; i++)
        {
            // Neither factor shares one with a number of persons that ends in zeros, so each order meets every person once.
            var (p, q) = ((int)(i * 7_368_787L % persons), (int)((i * 11_400_713L + persons / 3) % persons));
            if (Share(p, 1) >= 0.01) register.Add('R', p, Person.Of(p, persons));
            if (IsPupil(q)) pupils.Add('P', q, Person.Of(q, persons).WithErrors(q, persons));
        }
    }

    static bool IsPupil(int p) => s_row[p % 20].Child && Person.Born(p).Year is >= 2013 and <= 2020 && Share(p, 2) < 0.75;

    /// <summary>What is told of a person; no number and no sex are 0.</summary>
    readonly record struct Person(int Number, char Sex, DateOnly Birth, int Place, char First, char Second, int House)
    {
        internal static Person Of(int p, int persons)
        {
            var (first, second, place, house) = Address(p / 20 * 9L + s_row[p % 20].Household, persons);
            return new Person((int)(100_000_000 + p * 7_368_787L % 900_000_000), Share(p, 3) < 0.49 ? 'f' : 'm', Born(p), place, first, second, house);
        }

        internal static DateOnly Born(int p) => new DateOnly(s_row[p % 20].Child ? 2008 : 1935, 1, 1).AddDays((int)(Share(p, 4) * (s_row[p % 20].Child ? 18 : 72) * 365.25));

        /// <summary>Twenty households share a postcode, a hundred postcodes the digits of one.</summary>
        static (char, char, int, int) Address(long household, int persons)
        {
            var street = (long)(Unit((ulong)household, 5) * Math.Max(1, persons * 9L / 400));
            return ((char)('A' + street % 10), (char)('A' + street / 10 % 10), (int)(1000 + street / 100 % 9000), 1 + (int)(Unit((ulong)household, 6) * 60));
        }

        internal Person WithErrors(int p, int persons)
        {
            var it = this;
            if (Share(p, 10) < 0.08) it = Of((int)(Share(p, 11) * persons), persons) with { Number = it.Number, Sex = it.Sex, Birth = it.Birth };
            if (Share(p, 12) is var number and < 0.084) it = it with { Number = number < 0.08 ? 0 : it.Number + 90 };
            if (Share(p, 13) is var birth and < 0.01) it = it with { Birth = birth < 0.005 ? it.Birth.AddDays(it.Birth.Day == 9 ? -1 : 1) : it.Birth.AddYears(1) };
            if (Share(p, 14) < 0.003) it = it with { Sex = it.Sex == 'f' ? 'm' : 'f' };
            if (Share(p, 15) < 0.01) it = it with { Place = 1000 + (it.Place - 1000 + 10) % 9000 };
            return Share(p, 16) < 0.01 ? it with { House = it.House + 10 } : it;
        }
    }

    sealed class Lines : IDisposable
    {
        readonly FileStream _file;
        readonly byte[] _bytes = new byte[1 << 16];
        int _filled;

        internal Lines(string path)
        {
            _file = File.Create(path, bufferSize: 0);
            _file.Write("id,number,sex,born,postcode,house\n"u8);
        }

        internal void Add(char side, int p, in Person it)
        {
            if (_filled > _bytes.Length - 200) Flush();
            Utf8.TryWrite(_bytes.AsSpan(_filled), CultureInfo.InvariantCulture, $"{side}{p},{(it.Number == 0 ? null : it.Number)},{it.Sex},{it.Birth:yyyy-MM-dd},{it.Place}{it.First}{it.Second},{it.House}\n", out var written);
            _filled += written;
        }

        void Flush()
        {
            _file.Write(_bytes, 0, _filled);
            _filled = 0;
        }

        public void Dispose()
        {
            Flush();
            _file.Dispose();
        }
    }

    static double Share(int p, ulong what) => Unit((ulong)p, what);

    /// <summary>A number from 0 up to 1 that depends on what is asked alone (SplitMix64).</summary>
    static double Unit(ulong of, ulong what)
    {
        unchecked
        {
            var z = of * 0x9E3779B97F4A7C15UL + what * 0xD1B54A32D192ED03UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}

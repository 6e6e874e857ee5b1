using System.Text;
using System.Text.RegularExpressions;
using Groeilijn.School;

namespace Groeilijn.Tests.School.Reading;

/// <summary>Every sample, damaged at random: it is read, or refused with a reason and nothing stored; there is no third way.</summary>
public sealed partial class MutationTests
{
    static readonly int s_mutations = Environment.GetEnvironmentVariable("GROEILIJN_TORTURE") == "1" ? 1000 : 100;

    public static TheoryData<string> Names => [.. Formats.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_damaged_file_is_read_or_refused_with_a_reason_and_never_half_stored(string name)
    {
        var dice = new Dice((uint)name.Sum(c => c * 7919));
        var original = Formats.Bytes(name);
        var with = Formats.All.Single(f => f.Name == name).With.Select(Formats.Sample).ToArray();
        using var school = new TestHome();
        Assert.True(school.Read([ImportFile.OfBytes("damaged", original), .. with]).Stored);
        var before = school.Dump();
        for (var i = 0; i < s_mutations; i++)
        {
            var damaged = Mutation.Of(original, dice);
            ImportOutcome outcome;
            try { outcome = school.Read([ImportFile.OfBytes("damaged", damaged), .. with]); }
            catch (Exception thrown) { throw new InvalidOperationException($"Mutation {i} of {name}: {Convert.ToBase64String(damaged)}", thrown); }
            if (outcome.Stored)
            {
                Assert.True(outcome.Pupils > 0);
                before = school.Dump();
                Assert.Contains($"|{outcome.Pupils}|{outcome.Results}|{outcome.OtherTests}|\n", before.Split("== import\n")[1].Split("== ")[0]);
            }
            else
            {
                Assert.NotEmpty(outcome.Findings);
                Assert.Contains(outcome.Findings, f => f.Rule.Severity is Severity.RefusesFile or Severity.BlocksDelivery);
                Assert.Equal(before, school.Dump());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_day_or_year_at_the_ends_of_time_is_read_or_refused(string name)
    {
        var text = Formats.Text(name);
        var with = Formats.All.Single(f => f.Name == name).With.Select(Formats.Sample).ToArray();
        using var school = new TestHome();
        foreach (var day in Days().Matches(text).AsEnumerable())
            foreach (var end in day.Length == 9 ? new[] { "1989-1990", "1990-1991", "2100-2101", "0000-0001" } : ["1900-01-01", "1990-07-31", "2100-12-31", "0001-01-01", "9999-12-31"])
            {
                var outcome = school.Read([Formats.Of(text.Remove(day.Index, day.Length).Insert(day.Index, end).Replace("windows-1252", "utf-8", StringComparison.Ordinal)), .. with]);
                if (!outcome.Stored) Assert.NotEmpty(outcome.Findings);
                else if (outcome.Results > 0) Assert.NotNull(Check.Run(school.Home));
            }
    }

    [GeneratedRegex("\\b20[0-9]{2}-[0-9]{2}-[0-9]{2}|\\b20[0-9]{2}-20[0-9]{2}\\b")]
    private static partial Regex Days();

    /// <summary>One to three changes to bytes, elements or values.</summary>
    static partial class Mutation
    {
        static readonly string[] s_hostile =
        [
            "", " ", "0", "-1", "#", "99999999999999999999", "1e309", "NaN", "2015-02-30", "0000-00-00", "1901-01-01", "2100-12-31", "9999-12-31T24:00:00", "00-00-2015", "2015-13", "&#0;", "&#x10FFFF;", "&geheim;", "&amp;",
            "<![CDATA[x]]>", "]]>", "<x>", "</EDEX>", "\"", "\\ud800", "\\u0000", "\ud83d\ude00", "\u202e", "'; DROP TABLE pupil; --", "../../etc/passwd", "=1+1", "١٢٣", "2024-2025-2026", "1989-1990", "2100-2101", "99ZZ", "true", "null", "{}", "[]", new('9', 5000),
        ];

        public static byte[] Of(byte[] original, Dice dice)
        {
            var bytes = original;
            for (var n = dice.Below(3); n >= 0; n--) bytes = dice.Below(2) == 0 ? Bytes(bytes, dice) : Text(bytes, dice);
            return bytes;
        }

        static byte[] Bytes(byte[] bytes, Dice dice)
        {
            if (bytes.Length < 4) return bytes;
            var list = bytes.ToList();
            var at = dice.Below(list.Count - 1);
            var length = Math.Min(1 + dice.Below(80), list.Count - at);
            switch (dice.Below(5))
            {
                case 0: list[at] = (byte)dice.Below(256); break;
                case 1: list.RemoveRange(at, length); break;
                case 2: list.InsertRange(dice.Below(list.Count), list.GetRange(at, length)); break;
                case 3: list.RemoveRange(at, list.Count - at); break;
                default: list.Insert(at, "\"<>&;\n,'/\0"u8[dice.Below(10)]); break;
            }
            return [.. list];
        }

        static byte[] Text(byte[] bytes, Dice dice)
        {
            var text = Encoding.Latin1.GetString(bytes);
            var parts = (dice.Below(3) == 0 ? Lines() : dice.Below(2) == 0 ? Elements() : Values()).Matches(text);
            if (parts.Count == 0) return bytes;
            var (one, other) = (parts[dice.Below(parts.Count)], parts[dice.Below(parts.Count)]);
            var changed = dice.Below(5) switch
            {
                0 => text.Remove(one.Index, one.Length),
                1 => text.Insert(one.Index, one.Value),
                2 => text.Insert(other.Index, one.Value),
                3 when one.Index + one.Length <= other.Index => text[..one.Index] + other.Value + text[(one.Index + one.Length)..other.Index] + one.Value + text[(other.Index + other.Length)..],
                _ => text[..one.Index] + Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(s_hostile[dice.Below(s_hostile.Length)])) + text[(one.Index + one.Length)..],
            };
            return Encoding.Latin1.GetBytes(changed);
        }

        [GeneratedRegex(".*\n")]
        private static partial Regex Lines();

        [GeneratedRegex("<([A-Za-z0-9_:-]+)[^<>]*>[^<]*</\\1>|\\{[^{}]*\\}")]
        private static partial Regex Elements();

        [GeneratedRegex("(?<=>)[^<>\\s][^<>]*(?=<)|(?<=\")[^\"\n]*(?=\")")]
        private static partial Regex Values();
    }

    /// <summary>xorshift: the same damage on every machine.</summary>
    sealed class Dice(uint seed)
    {
        uint _state = seed | 1;

        public int Below(int limit)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)(_state % (uint)limit);
        }
    }
}

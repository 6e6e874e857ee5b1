using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;

namespace Groeilijn.Tests.Formats;

public class DeliveryPayloadTests
{
    const string Text = """
        {"format":"groeilijn-delivery/1","salt":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","school":"99XX00","edition":"2023-1","set":"nco-basis/1","reference":"2023-02-20"}
        {"sex":"u","born":"2014-00-00","results":[{"subject":"spelling","taken":"2023-01-25","moment":"M4","group":5,"scale":"lvs-2","score":-12}]}
        {"onderwijsnummer":"101222331","sex":"m","born":"2014-03-00","results":[{"subject":"maths","taken":"2023-01-23","moment":"M5","group":5,"scale":"lvs-3","score":2066}]}
        {"bsn":"123456782","sex":"f","born":"2014-03-09","postcode":"1234AB","house":12,"letter":"A","addition":"2","results":[{"subject":"maths","taken":"2023-01-23","moment":"M5","group":5,"scale":"lvs-3","score":2066},{"subject":"reading","taken":"2023-01-24","moment":"M5","group":5,"scale":"lvs-3","score":1571}]}
        {"end":true,"pupils":3,"results":4}

        """;

    static readonly DeliveryHeader s_header = new() { Salt = Convert.ToBase64String(new byte[32]), School = "99XX00", Edition = "2023-1", Set = "nco-basis/1", Reference = new(2023, 2, 20) };
    static readonly DeliveredResult s_maths = new() { Subject = "maths", Taken = new(2023, 1, 23), Moment = "M5", Group = 5, Scale = "lvs-3", Score = 2066 };
    static readonly DeliveredResult s_reading = new() { Subject = "reading", Taken = new(2023, 1, 24), Moment = "M5", Group = 5, Scale = "lvs-3", Score = 1571 };
    static readonly DeliveredResult s_spelling = new() { Subject = "spelling", Taken = new(2023, 1, 25), Moment = "M4", Group = 5, Scale = "lvs-2", Score = -12 };

    static readonly DeliveredPupil[] s_pupils =
    [
        new() { Person = new() { Bsn = "123456782", Sex = "f", Born = "2014-03-09", Postcode = "1234AB", House = 12, Letter = "A", Addition = "2" }, Results = [s_reading, s_maths] },
        new() { Person = new() { Sex = "u", Born = "2014-00-00" }, Results = [s_spelling] },
        new() { Person = new() { Onderwijsnummer = "101222331", Sex = "m", Born = "2014-03-00" }, Results = [s_maths] },
    ];

    [Fact]
    public void A_payload_is_written_as_the_format_says_whatever_the_order_given()
    {
        Assert.Equal(Text, Encoding.UTF8.GetString(DeliveryPayload.Write(s_header, s_pupils)));
        Assert.Equal(Text, Encoding.UTF8.GetString(DeliveryPayload.Write(s_header, s_pupils.Reverse())));
    }

    [Fact]
    public void A_payload_reads_back()
    {
        Assert.True(DeliveryPayload.TryRead(Encoding.UTF8.GetBytes(Text), out DeliveryPayload? payload, out _));
        Assert.Equal(Text, Encoding.UTF8.GetString(payload.ToBytes()));
        Assert.Equal((3, 4), (payload.Pupils.Count, payload.Results));
        Assert.Equal("123456782", payload.Pupils[2].Person.Bsn);
    }

    [Fact]
    public void Every_cut_and_every_other_spelling_is_refused_without_repeating_a_value() =>
        RecordTests.ReadsOnlyTheCanonicalText<DeliveryPayload>(Encoding.UTF8.GetBytes(Text), Read, payload => payload.ToBytes());

    [Fact]
    public void Lines_that_are_dropped_repeated_swapped_or_added_are_refused()
    {
        string[] lines = Text.Split('\n')[..^1];
        for (int i = 0; i < lines.Length; i++)
        {
            AssertRefused([.. lines[..i], .. lines[(i + 1)..]]);
            AssertRefused([.. lines[..i], lines[i], .. lines[i..]]);
            AssertRefused([.. lines[..i], "", .. lines[i..]]);
            for (int j = 0; j < i; j++)
            {
                string[] swapped = [.. lines];
                (swapped[i], swapped[j]) = (swapped[j], swapped[i]);
                AssertRefused(swapped);
            }
        }
        AssertRefused([.. lines, "x"]);
    }

    [Theory]
    [InlineData("\"score\":1571", "\"score\":10000", "line 4: score: must be an integer from -2000 to 9999")]
    [InlineData("\"moment\":\"M4\"", "\"moment\":\"M9\"", "line 2: moment: must be M3 to M8 or E3 to E8")]
    [InlineData("\"born\":\"2014-03-09\"", "\"born\":\"2014-02-30\"", "line 4: born: must be a date, YYYY-MM-DD, with 00 for an unknown part")]
    [InlineData("123456782", "123456789", "line 4: bsn: must be a BSN: nine digits that pass the 11-proof")]
    [InlineData("\"pupils\":3", "\"pupils\":2", "line 5: the counts differ from the lines above: the file was changed or cut")]
    [InlineData("groeilijn-delivery/1", "groeilijn-delivery/2", "line 1: format: must be groeilijn-delivery/1")]
    [InlineData("\"sex\":\"u\"", "\"name\":\"ZZZ-SENTINEL\",\"sex\":\"u\"", "line 2: sex: expected here; members stand in the order of the format, each once, without white space")]
    public void A_refusal_names_the_line_the_member_and_the_rule(string what, string with, string message)
    {
        Assert.False(DeliveryPayload.TryRead(Encoding.UTF8.GetBytes(Text.Replace(what, with, StringComparison.Ordinal)), out _, out PayloadFault? fault));
        Assert.Equal(message, fault.ToString());
    }

    [Fact]
    public void A_pupil_has_one_number_at_most_and_one_result_at_least()
    {
        Assert.Throws<ArgumentException>(() => s_pupils[0].Person with { Onderwijsnummer = "101222331" });
        Assert.Throws<ArgumentException>(() => s_pupils[0] with { Results = [] });
        Assert.Throws<ArgumentException>(() => s_maths with { Group = 2 });
    }

    [Fact]
    public void What_a_set_adds_stands_before_the_results_in_order_of_name_and_reads_back()
    {
        DeliveredPupil pupil = s_pupils[1] with { Extra = [("supply", 3), ("homeLanguage", "Fries")] };
        byte[] bytes = DeliveryPayload.Write(s_header, [pupil, s_pupils[0]]);
        Assert.Contains("\"born\":\"2014-00-00\",\"extra\":{\"homeLanguage\":\"Fries\",\"supply\":3},\"results\":", Encoding.UTF8.GetString(bytes));
        Assert.True(DeliveryPayload.TryRead(bytes, out DeliveryPayload? payload, out _));
        Assert.Equal(bytes, payload.ToBytes());
        Assert.Equal(pupil.Extra.OrderBy(e => e.Name, StringComparer.Ordinal), payload.Pupils[0].Extra);
        RecordTests.ReadsOnlyTheCanonicalText<DeliveryPayload>(bytes, Read, read => read.ToBytes(), "homeLanguage", "supply");
    }

    [Theory]
    [InlineData("{}", "extra: must hold at least one value, or be left out")]
    [InlineData("{\"bsn\":\"x\"}", "extra: must have names of letters and digits")]
    [InlineData("{\"b\":\"x\",\"a\":\"y\"}", "extra: must be in alphabetical order, each name once")]
    [InlineData("{\"a\":\"123456782\"}", "extra: must be a line of at most 1000 characters and not a number of nine digits")]
    [InlineData("{\"a\":true}", "extra: must be an integer")]
    [InlineData("{\"ZZZ-SENTINEL\":\"x\"}", "extra: must have names of letters and digits")]
    public void Extra_values_in_another_spelling_are_refused(string extra, string rule)
    {
        string text = Text.Replace("\"born\":\"2014-00-00\",", $"\"born\":\"2014-00-00\",\"extra\":{extra},", StringComparison.Ordinal);
        Assert.False(DeliveryPayload.TryRead(Encoding.UTF8.GetBytes(text), out _, out PayloadFault? fault));
        Assert.StartsWith("line 2: " + rule, fault.ToString());
        Assert.DoesNotContain("ZZZ-SENTINEL", fault.ToString());
    }

    [Fact]
    public void An_extra_value_has_a_name_of_its_own_once()
    {
        Assert.Throws<ArgumentException>(() => s_pupils[0] with { Extra = [("postcode", "1234AB")] });
        Assert.Throws<ArgumentException>(() => s_pupils[0] with { Extra = [("a", "x"), ("a", "y")] });
        Assert.Throws<ArgumentException>(() => s_pupils[0] with { Extra = [("a", "123456782")] });
    }

    [Fact]
    public void Nothing_printed_says_who_or_how_well()
    {
        string printed = string.Join(" ", s_pupils.Select(pupil => $"{pupil} {pupil.Person} {string.Join(' ', pupil.Results)}")) + new DeliveryPayload(s_header, s_pupils);
        foreach (string value in (string[])["123456782", "101222331", "2014", "1234AB", "2066", "1571", "2023-01"]) Assert.DoesNotContain(value, printed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_payload_is_read_pupil_by_pupil()
    {
        DeliveredPupil[] many = [.. Enumerable.Range(0, 5000).Select(i => s_pupils[1] with { Person = s_pupils[1].Person with { House = i + 1, Postcode = "1234AB" } })];
        byte[] bytes = DeliveryPayload.Write(s_header, many);
        int seen = 0;
        using MemoryStream stream = new(bytes);
        PayloadReading reading = DeliveryPayload.Read(stream, (header, pupil) => Assert.Equal(++seen, pupil.Person.House));
        Assert.True(reading.Ok);
        Assert.Equal((5000, 5000, 5000), (seen, reading.Pupils, reading.Results));
    }

    [Fact]
    public void A_line_without_end_is_refused_at_a_bounded_length()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Text.Split('\n')[0] + "\n{\"bsn\":\""), .. Enumerable.Repeat((byte)'1', 5_000_000)];
        Assert.False(DeliveryPayload.TryRead(bytes, out _, out PayloadFault? fault));
        Assert.Equal(2, fault.Line);
    }

    [Fact]
    public void Numbers_and_dates_are_judged_as_the_vocabulary_judges_them()
    {
        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            string nine = random.Next(1_000_000_000).ToString("D9", System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(Bsn.Parse(nine).Ok, Spelling.Bsn.Allows(nine));
            Assert.Equal(Onderwijsnummer.Parse(nine).Ok, Spelling.Onderwijsnummer.Allows(nine));
            string date = $"{random.Next(1895, 2105):D4}-{random.Next(14):D2}-{random.Next(33):D2}";
            Assert.Equal(BirthDate.Parse(date).Ok, Spelling.Born.Allows(date));
        }
    }

    static bool Read(ReadOnlySpan<byte> bytes, out DeliveryPayload? payload, out JsonFault? fault)
    {
        bool read = DeliveryPayload.TryRead(bytes.ToArray(), out payload, out PayloadFault? found);
        fault = read ? null : new JsonFault("", found!.ToString());
        return read;
    }

    static void AssertRefused(string[] lines)
    {
        string text = string.Join('\n', lines) + "\n";
        if (text == Text) return;
        Assert.False(DeliveryPayload.TryRead(Encoding.UTF8.GetBytes(text), out _, out _), text);
    }
}

using System.Text.Json;
using Groeilijn.Delivery;
using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

/// <summary>The ledger as Logboek Dataverwerkingen asks for it: every mandatory field of a span, and never a person.</summary>
public sealed class LogboekTests : IDisposable
{
    readonly SmallOffice _office = new();

    public void Dispose() => _office.Dispose();

    List<JsonElement> Spans(string? register = null)
    {
        _office.Home.Sequence();
        return [.. Logboek.Lines(_office.Home.Ledger.Entries(), "groeilijn/office", register).Select(line =>
        {
            Assert.DoesNotContain('\n', line);
            using var document = JsonDocument.Parse(line);
            return document.RootElement.Clone();
        })];
    }

    static string? Value(JsonElement span, string key) => span.GetProperty("attributes").EnumerateArray().Where(a => a.GetProperty("key").GetString() == key).Select(a => a.GetProperty("value").ToString()).SingleOrDefault();

    [Fact]
    public void Every_entry_is_one_span_with_the_fields_of_the_standard()
    {
        _office.School("99AA00");
        _office.Open();
        var spans = Spans();
        Assert.Equal(_office.Home.Ledger.Size, spans.Count);
        Assert.Equal(spans.Count, spans.Select(span => span.GetProperty("span_id").GetString()).Distinct().Count());
        foreach (var (span, i) in spans.Select((span, i) => (span, i)))
        {
            Assert.Matches("^[0-9a-f]{32}$", span.GetProperty("trace_id").GetString()!);
            Assert.Matches("^[0-9a-f]{16}$", span.GetProperty("span_id").GetString()!);
            Assert.Equal("STATUS_CODE_OK", span.GetProperty("status_code").GetString());
            Assert.Equal(_office.Clock.Now.ToUnixTimeMilliseconds(), span.GetProperty("start_time").GetInt64());
            Assert.Equal(span.GetProperty("start_time").GetInt64(), span.GetProperty("end_time").GetInt64());
            Assert.Equal("groeilijn/office", span.GetProperty("resource").GetProperty("attributes")[1].GetProperty("value").GetString());
            Assert.Equal("urn:groeilijn:activity:" + span.GetProperty("name").GetString()!.Split(' ')[0], Value(span, "dpl.core.processing_activity_id"));
            Assert.Equal(i.ToString(System.Globalization.CultureInfo.InvariantCulture), Value(span, "groeilijn.ledger_index"));
        }
        Assert.Equal(["office made", "office enrolled", "withdrawals key-made", "office round-opened"], spans.Select(span => span.GetProperty("name").GetString()));
        Assert.Equal("https://register.example/nco/office", Value(Spans("https://register.example/nco")[0], "dpl.core.processing_activity_id"));
    }

    [Fact]
    public void The_steps_of_one_round_are_one_trace_and_other_steps_their_own()
    {
        var school = _office.School("99AA00");
        _office.Open();
        Assert.True(_office.Deliver(school, [SmallOffice.Grown(Child.Of(1), 4, 10)]).Ok);
        var traces = Spans().ToLookup(span => span.GetProperty("trace_id").GetString(), span => span.GetProperty("name").GetString());
        Assert.Equal(["withdrawals key-made", "office round-opened", "intake received"], traces.Single(trace => trace.Count() > 1));
        Assert.Equal(3, traces.Count);
    }

    [Fact]
    public void A_person_is_named_by_a_commitment_alone()
    {
        var commitment = _office.Home.Database.Write(t =>
        {
            var made = Commitments.Make(_office.Home, t, "abcdefghijklmnop");
            t.Enter(_office.Home.Entry("withdrawals", "removed", ("commitment", made)));
            return made;
        });
        var span = Spans()[^1];
        Assert.Equal(commitment, Value(span, "dpl.core.data_subject_id"));
        Assert.Equal("urn:groeilijn:commitment", Value(span, "dpl.core.data_subject_id_type"));
        Assert.Null(Value(Spans()[0], "dpl.core.data_subject_id"));
    }
}

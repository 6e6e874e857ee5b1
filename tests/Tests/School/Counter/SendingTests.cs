using Groeilijn.Delivery;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>Sending to a folder that both can reach: whole or not at all, once, in an order that never shows half a delivery.</summary>
public sealed class SendingTests : IDisposable
{
    readonly IdentityKey _round = IdentityKey.Generate();
    readonly TestHome _school;
    readonly string _drop;

    public SendingTests()
    {
        _school = Approving.Delivered(_round.Recipient);
        _drop = Directory.CreateDirectory(Path.Combine(_school.Folder, "drop")).FullName;
    }

    static readonly string[] s_files = ["99XX00-2025-1-1.age", "99XX00-2025-1-1.manifest.json", "99XX00-2025-1-1.manifest.p7s"];

    [Fact]
    public void A_delivery_arrives_as_it_was_sealed_and_a_second_time_nothing_moves()
    {
        var order = new List<string>();
        Assert.False(Send(new Told(order)).Value!.Already);
        Assert.Equal(["99XX00-2025-1-1.age", "99XX00-2025-1-1.manifest.p7s", "99XX00-2025-1-1.manifest.json"], order);
        Assert.Equal(s_files, Dropped());
        Assert.All(s_files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(_school.Home.OutboxFolder, file)), File.ReadAllBytes(Path.Combine(_drop, file))));
        Assert.NotNull(Sent.All(_school.Home)[0].SentAt);
        foreach (var file in Dropped()) File.Delete(Path.Combine(_drop, file)); // the office took them
        Assert.True(Send().Value!.Already);
        Assert.Empty(Dropped());
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(_school.Dump(), "\"step\":\"sent\""));
    }

    [Fact]
    public void What_a_killed_copy_left_behind_is_cleared()
    {
        File.WriteAllBytes(Path.Combine(_drop, "99XX00-2025-1-1.age.0123456789ab.tmp"), [1]);
        File.WriteAllBytes(Path.Combine(_drop, "99XX01-2025-1-1.age.0123456789ab.tmp"), [1]); // another school's
        Assert.True(Send().Ok);
        Assert.Equal([.. s_files, "99XX01-2025-1-1.age.0123456789ab.tmp"], Dropped());
    }

    [Fact]
    public void A_file_of_that_name_with_another_content_is_left_alone()
    {
        File.WriteAllBytes(Path.Combine(_drop, s_files[0]), [1]);
        Assert.Contains("another file", Send().Refusal!.English);
        Assert.Equal([1], File.ReadAllBytes(Path.Combine(_drop, s_files[0])));
        Assert.Null(Sent.All(_school.Home)[0].SentAt);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_refused_and_later_it_goes_on()
    {
        Directory.Delete(_drop);
        Assert.Contains("cannot be reached", Send().Refusal!.English);
        Directory.CreateDirectory(_drop);
        Assert.True(Send().Ok);
    }

    [Fact]
    public void After_an_objection_the_sealed_delivery_does_not_leave()
    {
        Assert.True(Objections.Record(_school.Home, "L1").Ok);
        Assert.Contains("objection was made", Send().Refusal!.English);
        Assert.Empty(Dropped());
        _school.Preview();
        Assert.True(Approving.Deliver(_school.Home, Approving.E251, _round.Recipient).Ok);
        Assert.Contains("later delivery", Send().Refusal!.English);
        Assert.True(Send(sequence: 2).Ok);
        Assert.DoesNotContain(s_files[0], Dropped());
    }

    [Fact]
    public void A_changed_file_does_not_leave()
    {
        var file = Path.Combine(_school.Home.OutboxFolder, s_files[0]);
        File.WriteAllBytes(file, [.. File.ReadAllBytes(file), 0]);
        Assert.Contains("changed", Send().Refusal!.English);
        File.Delete(file);
        Assert.Contains("missing", Send().Refusal!.English);
        Assert.Contains("no such delivery", Send(sequence: 9).Refusal!.English);
    }

    [Theory]
    [InlineData(-20, "not open")]
    [InlineData(0, null)]
    [InlineData(27, "closed")]
    public void Outside_the_rounds_days_nothing_is_sent(int days, string? refusal)
    {
        using var office = new PlayedOffice(_school);
        office.Announce();
        _school.Clock.Day = TestHome.Day.AddDays(days);
        var sent = Send();
        Assert.Equal(refusal is null, sent.Ok);
        if (refusal is not null) Assert.Contains(refusal, sent.Refusal!.English);
    }

    [Fact]
    public void Receipts_and_answers_are_fetched_once_and_those_of_others_left()
    {
        using var office = new PlayedOffice(_school);
        office.Announce();
        Assert.Empty(Post.Fetch(_school.Home, _drop).Value!.Receipts);
        var folder = Directory.CreateDirectory(Path.Combine(_drop, Post.AnswersFolder)).FullName;
        var delivery = Sent.All(_school.Home)[0];
        Put(folder, "99XX00-2025-1-1.receipt.json", new Receipt { School = "99XX00", Edition = "2025-1", Sequence = 1, Manifest = FileDigest.OfFile(Path.Combine(_school.Home.OutboxFolder, s_files[1])).Sha256, Ciphertext = delivery.Ciphertext, Payload = delivery.Payload, Received = _school.Clock.GetUtcNow(), Checkpoint = "" }.ToJson(), office.Signing);
        Put(folder, "99XX00-x.answer.json", office.Answer(delivery.Ciphertext, "linked", "delivery").ToJson(), office.Signing);
        Put(folder, "99XX00-y.answer.json", office.Answer(new string('0', 64), "removed").ToJson(), office.Signing);
        Put(folder, "99XX01-x.answer.json", (office.Answer(delivery.Ciphertext, "linked", "delivery") with { School = "99XX01" }).ToJson(), office.Signing);
        var fetched = Post.Fetch(_school.Home, _drop).Value!;
        Assert.Equal((1, 1, 1), (fetched.Receipts.Count, fetched.Answers.Count, fetched.Refused.Count));
        Assert.Equal("99XX00-y.answer.json", fetched.Refused[0].File);
        Assert.NotNull(Sent.All(_school.Home)[0].Receipt);
        var again = Post.Fetch(_school.Home, _drop).Value!;
        Assert.Equal((0, 0), (again.Receipts.Count, again.Answers.Count));
        Assert.False(Post.Fetch(_school.Home, "absent").Ok);
    }

    [Theory]
    [InlineData("https://aanleveren.example/x", true)]
    [InlineData("http://127.0.0.1:9/x", true)]
    [InlineData("http://aanleveren.example/x", false)]
    [InlineData("ftp://aanleveren.example/x", false)]
    [InlineData("aanleveren", true)]
    [InlineData(" ", false)]
    public void A_target_is_a_folder_or_an_address_that_keeps_a_secret(string text, bool allowed) => Assert.Equal(allowed, SendTarget.Parse(text).Ok);

    static void Put(string folder, string name, byte[] record, SigningKey by)
    {
        File.WriteAllBytes(Path.Combine(folder, name), record);
        File.WriteAllBytes(Path.Combine(folder, Path.ChangeExtension(name, ".p7s")), Signature.Sign(record, by));
    }

    Outcome<SentOff> Send(IProgress<SendProgress>? progress = null, int sequence = 1) =>
        Sending.Send(_school.Home, Approving.E251, sequence, SendTarget.Folder(_drop), progress, stop: TestContext.Current.CancellationToken).GetAwaiter().GetResult();

    string[] Dropped() => [.. Directory.GetFiles(_drop).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    sealed class Told(List<string> order) : IProgress<SendProgress>
    {
        public void Report(SendProgress value) => order.Add(value.File);
    }

    public void Dispose()
    {
        _round.Dispose();
        _school.Dispose();
    }
}

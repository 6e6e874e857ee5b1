using System.Text;
using Groeilijn.Columns;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Storage;

namespace Groeilijn.Tests.Office;

/// <summary>A small office where a round was linked, with what a school does to pass an objection on.</summary>
sealed class WithdrawalDesk : IDisposable
{
    public static readonly Edition Next = Edition.Parse("2024-1").Value;

    public WithdrawalDesk(int children = 12)
    {
        Office.Register(Enumerable.Range(1, children).Select(Child.Of));
        Office.Open();
        Assert.True(Office.Deliver(School, Enumerable.Range(1, children).Select(n => SmallOffice.Grown(Child.Of(n), 4, n))).Ok);
        Assert.True(Office.Link().Ok);
        Assert.True(Projects.Create(Home, "maths", SmallOffice.E23, new ProjectFilter()).Ok);
        Pass(TimeSpan.FromDays(1));
    }

    public SmallOffice Office { get; } = new();
    public OfficeHome Home => Office.Home;
    public SmallSchool School => Office.School("99AA00");
    public void Dispose() => Office.Dispose();

    public void Pass(TimeSpan time) => Office.Clock.Now += time;

    /// <summary>The sealed message about a child and its signature.</summary>
    public (byte[] Signature, byte[] Ciphertext) Sealed(DeliveredPerson person, SmallSchool? school = null, RecipientKey? to = null, string? inside = null)
    {
        var from = school ?? School;
        var withdrawal = new Withdrawal { School = inside ?? from.Location, Asked = DateOnly.FromDateTime(Office.Clock.Now.UtcDateTime), Person = person };
        var ciphertext = Envelope.Seal(withdrawal.ToJson(), to ?? Newest());
        return (Signature.Sign(ciphertext, from.Key, Office.Clock.Now), ciphertext);
    }

    /// <summary>The key that the newest notice names.</summary>
    public RecipientKey Newest()
    {
        var notice = Directory.GetFiles(Home.At("rounds"), "*.json").Order(StringComparer.Ordinal).Last();
        Assert.True(RoundNotice.TryRead(File.ReadAllBytes(notice), out var read, out _));
        return RecipientKey.Parse(read.Withdrawals);
    }

    /// <summary>A school passes an objection on; the hash of its message.</summary>
    public string Object(Child child, SmallSchool? school = null) => Object(Person(child), school);

    /// <summary>As it stands in a message.</summary>
    public static DeliveredPerson Person(Child child) => SmallOffice.Grown(child, 4, 0).Person;

    public string Object(DeliveredPerson person, SmallSchool? school = null)
    {
        var (signature, ciphertext) = Sealed(person, school);
        var received = Withdrawals.Receive(Home, (school ?? School).Location, signature, ciphertext);
        Assert.True(received.Ok, received.Refusal?.ToString());
        return received.Value.About;
    }

    public WithdrawalBatch Process()
    {
        var batch = Withdrawals.Process(Home);
        Assert.True(batch.Ok, batch.Refusal?.ToString());
        return batch.Value;
    }

    public WithdrawalState State(string about) => Withdrawals.Find(Home, about)!.State;

    /// <summary>What each place answered.</summary>
    public Dictionary<string, string> Places(string about) => Withdrawals.Find(Home, about)!.Places.ToDictionary(p => p.Place, p => p.Outcome);

    /// <summary>The outcomes that a school was told of a message, in order.</summary>
    public List<string> Told(string about, SmallSchool? school = null) => [.. Answers.To(Home, (school ?? School).Location).Select(a => Read(a.Answer)).Where(a => a.About == about).Select(a => a.Outcome)];

    public static Answer Read(byte[] answer) => Answer.TryRead(answer, out var read, out _) ? read : throw new InvalidOperationException("no answer");

    public Rin RinOf(Child child) => Groeilijn.Office.Register.Load(Home).Single(p => p.Key == child.Key).Rin;

    public int Rows(Rin rin) => Cohort.Rows(Home).Count(row => row.Rin == rin);

    public long ProjectRows(Rin rin, string name = "maths")
    {
        using var key = Projects.Key(Home, name);
        using var file = ColumnDatabase.Open(Projects.Find(Home, name)!.File, new ColumnOptions { ReadOnly = true });
        return file.Query("SELECT count(*) FROM results WHERE pupil = $1", row => row.GetInt64(0), key.Pupil(rin.Text))[0];
    }

    /// <summary>Every file of the home in which a text stands, as it is or in the columns of a Parquet file.</summary>
    public List<string> FilesWith(string text)
    {
        Home.Sequence();
        using var database = ColumnDatabase.Open();
        return [.. Directory.EnumerateFiles(Home.Folder, "*", SearchOption.AllDirectories).Where(file => Holds(database, file, text)).Select(file => Path.GetRelativePath(Home.Folder, file))];
    }

    static bool Holds(ColumnDatabase database, string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0
            || (bytes.AsSpan().StartsWith("PAR1"u8) && database.Query($"SELECT count(*) FROM {Parquet.Scan(file)} WHERE rin = $1", row => row.GetInt64(0), text)[0] > 0);
    }
}

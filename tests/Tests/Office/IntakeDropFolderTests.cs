using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

public sealed class IntakeDropFolderTests : IDisposable
{
    readonly SmallOffice _office = new();
    readonly SmallSchool _school;
    readonly string _folder;

    public IntakeDropFolderTests()
    {
        _school = _office.School("99AA00");
        _office.Open();
        _folder = Directory.CreateDirectory(Path.Combine(_office.Folder, "drop")).FullName;
    }

    public void Dispose() => _office.Dispose();

    [Fact]
    public void A_whole_delivery_is_taken_in_leaves_the_folder_and_gets_receipt_and_answer()
    {
        Drop("99AA00-2023-2-1", _office.Sealed(_school, [SmallOffice.Grown(Child.Of(1), 4, 10)]), whole: false);
        var drop = new DropFolder(_office.Home, _folder);
        Assert.Equal((0, 0), (drop.Take().Taken, Answers().Length));
        Drop("99AA00-2023-2-1", _office.Sealed(_school, [SmallOffice.Grown(Child.Of(1), 4, 10)]));
        Assert.Equal((1, 2), (drop.Take().Taken, Answers().Length));
        Assert.Empty(Directory.GetFiles(_folder));
        Assert.Contains("99AA00-2023-2-1.receipt.json", Answers());
        Assert.Equal((0, 0), (drop.Take().Taken, drop.Take().Answers));
    }

    [Fact]
    public void A_second_delivery_replaces_the_first_and_both_are_answered()
    {
        var drop = new DropFolder(_office.Home, _folder);
        Drop("99AA00-2023-2-1", _office.Sealed(_school, []));
        drop.Take();
        Drop("99AA00-2023-2-2", _office.Sealed(_school, [], sequence: 2));
        drop.Take();
        Assert.Equal(["received", "received", "replaced"], Answers().Where(name => name.Contains(".answer.", StringComparison.Ordinal)).Select(name => name.Split('-')[^1].Split('.')[0]).Order());
    }

    [Fact]
    public void What_is_refused_stays_and_is_looked_at_again_after_an_hour()
    {
        using var key = SigningKey.Create("99ZZ00", _office.Clock.Now.AddDays(-1), _office.Clock.Now.AddDays(9));
        using var reports = IdentityKey.Generate();
        var later = new SmallSchool("99ZZ00", key, reports);
        Drop("99ZZ00-2023-2-1", _office.Sealed(later, []));
        var drop = new DropFolder(_office.Home, _folder);
        Assert.Equal("unknown-school", Assert.Single(drop.Take().Refused).Why.Code);
        Assert.Empty(drop.Take().Refused);
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
        Assert.True(Schools.Enrol(_office.Home, later.Enrolment, Province.Parse("PV26").Value).Ok);
        _office.Clock.Now += TimeSpan.FromMinutes(61);
        Assert.Equal(1, drop.Take().Taken);
    }

    [Fact]
    public void An_objection_is_taken_in_unopened_answered_and_leaves_the_folder_once_it_is_signed()
    {
        var school = _office.School("99AA00");
        var file = Path.Combine(_folder, "99AA00-withdrawal-0123456789abcdef.age");
        File.WriteAllBytes(file, [1]);
        var drop = new DropFolder(_office.Home, _folder);
        Assert.Equal(0, drop.Take().Taken);
        Assert.True(File.Exists(file));

        File.WriteAllBytes(Path.ChangeExtension(file, ".p7s"), Signature.Sign([1], school.Key, _office.Clock.Now));
        Assert.Equal(1, drop.Take().Taken);
        Assert.Empty(Directory.GetFiles(_folder));
        Assert.Equal(WithdrawalState.Received, Assert.Single(Withdrawals.All(_office.Home)).State);
        Assert.Contains(Answers(), name => name.EndsWith("-received.answer.json", StringComparison.Ordinal));
    }

    void Drop(string stem, (byte[] Manifest, byte[] Signature, byte[] Ciphertext) files, bool whole = true)
    {
        File.WriteAllBytes(Path.Combine(_folder, stem + ".age"), files.Ciphertext);
        File.WriteAllBytes(Path.Combine(_folder, stem + ".manifest.p7s"), files.Signature);
        if (whole) File.WriteAllBytes(Path.Combine(_folder, stem + ".manifest.json"), files.Manifest);
    }

    string[] Answers() => [.. Directory.GetFiles(Path.Combine(_folder, "antwoorden"), "*.json").Select(file => Path.GetFileName(file)!)];
}

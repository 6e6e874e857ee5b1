using System.Security.Cryptography;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Tests.Office;

namespace Groeilijn.Tests.Delivery;

/// <summary>
/// Deliveries altered on their way, in every way that somebody could think of: refused, all of them, with nothing kept or entered. And what a
/// rightful signer altered itself before signing, which the intake cannot see: refused at linking, with nothing processed.
/// 200 of each; 10,000 behind <c>./test --torture</c>.
/// </summary>
public sealed class TamperedDeliveryTests : IDisposable
{
    static readonly int s_count = Environment.GetEnvironmentVariable("GROEILIJN_TORTURE") == "1" ? 10_000 : 200;

    const int SealedChunk = 65_536 + 16;

    readonly SmallOffice _office = new();
    readonly SmallSchool _school, _other;
    readonly Round _round;
    readonly IdentityKey _stranger = IdentityKey.Generate();
    readonly Files _one, _two, _old;

    sealed record Files(byte[] Manifest, byte[] Signature, byte[] Ciphertext);

    public TamperedDeliveryTests()
    {
        (_school, _other) = (_office.School("99AA00"), _office.School("99BB00"));
        var earlier = Edition.Parse("2023-1").Value;
        _old = Sealed(1, earlier, _office.Open(earlier).Recipient);
        _office.Register(Child.Of(1));
        Assert.True(_office.Link(earlier).Ok && _office.Destroy(earlier).Ok);
        _round = _office.Open();
        (_one, _two) = (Sealed(1), Sealed(2));
    }

    public void Dispose()
    {
        _office.Dispose();
        _stranger.Dispose();
    }

    /// <summary>A delivery of five chunks, so that there is something to cut, swap and splice. The intake opens nothing, so its content may be noise.</summary>
    Files Sealed(int sequence, Edition? edition = null, RecipientKey? recipient = null, SigningKey? signer = null, RecipientKey? sealedTo = null)
    {
        var plain = RandomNumberGenerator.GetBytes(290_000);
        var to = recipient ?? _round.Recipient;
        var ciphertext = Envelope.Seal(plain, sealedTo ?? to);
        var manifest = new Manifest
        {
            School = "99AA00",
            Edition = (edition ?? SmallOffice.E23).ToString(),
            Sequence = sequence,
            Set = "nco-basis/1",
            Recipient = to.ToString(),
            Ciphertext = FileDigest.Of(ciphertext),
            Payload = FileDigest.Of(plain),
            Pupils = 1,
            Results = 1,
            Sealed = _office.Clock.Now,
        }.ToJson();
        return new(manifest, Signature.Sign(manifest, signer ?? _school.Key, _office.Clock.Now), ciphertext);
    }

    [Fact]
    public void Every_altered_delivery_is_refused_and_nothing_of_it_is_kept()
    {
        var before = State();
        var chance = new Chance(20230701);
        Dictionary<string, Dictionary<string, int>> codes = [];
        for (var i = 0; i < s_count; i++)
        {
            var (kind, files) = Altered(chance, i);
            var outcome = Intake.Receive(_office.Home, files.Manifest, files.Signature, files.Ciphertext);
            Assert.True(!outcome.Ok, $"number {i}, {kind}: accepted");
            var of = codes.TryGetValue(kind, out var known) ? known : codes[kind] = [];
            of[outcome.Refusal.Code] = of.GetValueOrDefault(outcome.Refusal.Code) + 1;
        }
        Assert.Equal(before, State());
        Assert.Equal(15, codes.Count);
        Assert.All(codes, kind => Assert.DoesNotContain("sequence", kind.Value.Keys));
        Assert.Equal(["other-school"], codes["signed by another school"].Keys);
        Assert.Equal(["round-closed"], codes["of an old round"].Keys);
        Assert.Equal(["other-key"], codes["for the key of an old round"].Keys.Concat(codes["for another recipient"].Keys).Distinct());

        // The control: unaltered, the same two are taken.
        Assert.True(Intake.Receive(_office.Home, _one.Manifest, _one.Signature, _one.Ciphertext).Ok);
        Assert.True(Intake.Receive(_office.Home, _two.Manifest, _two.Signature, _two.Ciphertext).Ok);
    }

    (string Kind, Files Files) Altered(Chance chance, int i) => (i % 15) switch
    {
        0 => ("a bit of the sealed file flipped", _one with { Ciphertext = chance.Flip(_one.Ciphertext) }),
        1 => ("a bit of the manifest flipped", _one with { Manifest = chance.Flip(_one.Manifest) }),
        2 => ("a bit of the signature flipped", _one with { Signature = chance.Flip(_one.Signature) }),
        3 => ("cut off", Cut(chance)),
        4 => ("chunks swapped", _one with { Ciphertext = Swapped(chance, _one.Ciphertext) }),
        5 => ("a chunk repeated", _one with { Ciphertext = Repeated(chance, _one.Ciphertext) }),
        6 => ("a chunk dropped", _one with { Ciphertext = Dropped(chance, _one.Ciphertext) }),
        7 => ("two spliced", _one with { Ciphertext = Spliced(chance, _one.Ciphertext, _two.Ciphertext) }),
        8 => ("the header of another", _one with { Ciphertext = Reheaded(_two.Ciphertext, _one.Ciphertext) }),
        9 => ("the manifest of another", chance.Below(2) == 0 ? _one with { Ciphertext = _two.Ciphertext } : _one with { Manifest = _two.Manifest, Signature = chance.Below(2) == 0 ? _one.Signature : _two.Signature }),
        10 => ("for another recipient", Sealed(3, recipient: _stranger.Recipient)),
        11 => ("signed by another school", _one with { Signature = Signature.Sign(_one.Manifest, _other.Key, _office.Clock.Now) }),
        12 => ("of an old round", _old),
        13 => ("for the key of an old round", Sealed(3, recipient: _office.Home.Database.ReadOne<string>("SELECT recipient FROM rounds WHERE edition = '2023-1'") is { } text ? RecipientKey.Parse(text) : null)),
        _ => ("something behind it", chance.Below(3) switch
        {
            0 => _one with { Ciphertext = [.. _one.Ciphertext, .. chance.Bytes(chance.Between(1, 100))] },
            1 => _one with { Manifest = [.. _one.Manifest, .. chance.Bytes(chance.Between(1, 100))] },
            _ => _one with { Signature = [.. _one.Signature, .. chance.Bytes(chance.Between(1, 100))] },
        }),
    };

    Files Cut(Chance chance) => chance.Below(3) switch
    {
        0 => _one with { Ciphertext = _one.Ciphertext[..chance.Below(_one.Ciphertext.Length)] },
        1 => _one with { Manifest = _one.Manifest[..chance.Below(_one.Manifest.Length)] },
        _ => _one with { Signature = _one.Signature[..chance.Below(_one.Signature.Length)] },
    };

    /// <summary>What a sealed file is made of: its header with the nonce, and its chunks.</summary>
    static (byte[] Head, List<byte[]> Chunks) Parts(byte[] ciphertext)
    {
        var mac = ciphertext.AsSpan().IndexOf("\n--- "u8);
        var head = mac + 1 + ciphertext.AsSpan(mac + 1).IndexOf((byte)'\n') + 1 + 16;
        return (ciphertext[..head], [.. ciphertext[head..].Chunk(SealedChunk)]);
    }

    static byte[] Whole(byte[] head, IEnumerable<byte[]> chunks) => [.. head, .. chunks.SelectMany(chunk => chunk)];

    static byte[] Swapped(Chance chance, byte[] ciphertext)
    {
        var (head, chunks) = Parts(ciphertext);
        var first = chance.Below(chunks.Count - 1);
        var second = chance.Between(first + 1, chunks.Count);
        (chunks[first], chunks[second]) = (chunks[second], chunks[first]);
        return Whole(head, chunks);
    }

    static byte[] Repeated(Chance chance, byte[] ciphertext)
    {
        var (head, chunks) = Parts(ciphertext);
        chunks.Insert(chance.Below(chunks.Count + 1), chance.Of(chunks));
        return Whole(head, chunks);
    }

    static byte[] Dropped(Chance chance, byte[] ciphertext)
    {
        var (head, chunks) = Parts(ciphertext);
        chunks.RemoveAt(chance.Below(chunks.Count));
        return Whole(head, chunks);
    }

    static byte[] Spliced(Chance chance, byte[] one, byte[] two)
    {
        var ((head, first), (_, second)) = (Parts(one), Parts(two));
        var at = chance.Below(first.Count);
        return Whole(head, first.Take(at).Concat(second.Skip(at)));
    }

    static byte[] Reheaded(byte[] head, byte[] body) => Whole(Parts(head).Head, Parts(body).Chunks);

    /// <summary>All that the office keeps: rows, files, entries. That it refused a known school's file is entered, and is no trace of its content.</summary>
    string State() => string.Join('\n',
    [
        .. _office.Home.Database.Read<string>("SELECT ciphertext || state FROM deliveries ORDER BY ciphertext"),
        .. _office.Home.Database.Read<byte[]>("SELECT entry FROM ledger_outbox ORDER BY position").Select(Encoding.UTF8.GetString).Where(entry => !entry.Contains("\"step\":\"refused\"", StringComparison.Ordinal)),
        .. Directory.EnumerateFiles(_office.Home.Folder, "*", SearchOption.AllDirectories).Where(file => !file.Contains("office.db", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ]);

    [Fact]
    public void What_was_altered_before_it_was_signed_opens_to_nothing()
    {
        using var key = RoundKey();
        using (var whole = Envelope.Open(_one.Ciphertext, key)) Assert.Equal(290_000, whole.Content!.Length);
        var chance = new Chance(20230702);
        for (var i = 0; i < s_count; i++)
        {
            var altered = Inside(chance, i);
            using var opened = Envelope.Open(altered, key);
            Assert.False(opened.Ok, $"number {i}");
            Assert.Null(opened.Content);
        }
    }

    byte[] Inside(Chance chance, int i) => (i % 9) switch
    {
        0 => chance.Flip(_one.Ciphertext),
        1 => _one.Ciphertext[..chance.Below(_one.Ciphertext.Length)],
        2 => Swapped(chance, _one.Ciphertext),
        3 => Repeated(chance, _one.Ciphertext),
        4 => Dropped(chance, _one.Ciphertext),
        5 => Spliced(chance, _one.Ciphertext, _two.Ciphertext) is var spliced && spliced.AsSpan().SequenceEqual(_one.Ciphertext) ? Dropped(chance, spliced) : spliced,
        6 => Reheaded(_two.Ciphertext, _one.Ciphertext),
        7 => [.. _one.Ciphertext, .. chance.Bytes(chance.Between(1, 100))],
        _ => Envelope.Seal(chance.Bytes(100), _stranger.Recipient),
    };

    /// <summary>The whole way: one delivery of every kind, signed by its school as it was altered, taken in, and linked to nothing.</summary>
    [Fact]
    public void Signed_as_it_was_altered_it_is_taken_in_and_linked_to_nothing()
    {
        var chance = new Chance(20230703);
        for (var kind = 0; kind < 9; kind++)
        {
            var school = _office.School($"99C{(char)('A' + kind)}00");
            var ciphertext = Inside(chance, kind);
            Assert.True(Manifest.TryRead(_one.Manifest, out var said, out _));
            var manifest = (said with { School = school.Location, Ciphertext = FileDigest.Of(ciphertext) }).ToJson();
            Assert.True(Intake.Receive(_office.Home, manifest, Signature.Sign(manifest, school.Key, _office.Clock.Now), ciphertext).Ok);
        }
        var linked = _office.Link().Value!;
        Assert.Equal(9, linked.Deliveries.Count);
        Assert.All(linked.Deliveries, delivery => Assert.NotNull(delivery.Fault));
        Assert.Empty(Cohort.Rows(_office.Home));
    }

    IdentityKey RoundKey()
    {
        Assert.True(KeyShares.TryJoin(File.ReadAllBytes(Rounds.ShareFile(_office.Home, SmallOffice.E23, 1)), File.ReadAllBytes(Rounds.ShareFile(_office.Home, SmallOffice.E23, 2)), out var key));
        return key;
    }
}

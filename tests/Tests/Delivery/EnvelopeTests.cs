using System.Text;
using Groeilijn.Delivery;

namespace Groeilijn.Tests.Delivery;

/// <summary>Properties of the envelope: what goes in comes out, and nothing else ever does.</summary>
public class EnvelopeTests
{
    const int Chunk = 65536;
    const int SealedChunk = Chunk + 16;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData((3 * Chunk) + 17)]
    public void What_was_sealed_opens_to_the_same_bytes(int length)
    {
        using IdentityKey key = IdentityKey.Generate();
        byte[] plain = Bytes(length, seed: 1);
        foreach (bool armor in (bool[])[false, true])
        {
            using Opened opened = Envelope.Open(Envelope.Seal(plain, key.Recipient, armor), key);
            Assert.Equal(plain, opened.Content);
        }
    }

    [Fact]
    public void Every_recipient_opens_it_and_nobody_else()
    {
        IdentityKey[] keys = [.. Enumerable.Range(0, 5).Select(_ => IdentityKey.Generate())];
        byte[] plain = Bytes(1000, seed: 2);
        using MemoryStream output = new();
        Envelope.Seal(new MemoryStream(plain), output, [.. keys[..4].Select(key => key.Recipient)]);
        foreach (IdentityKey key in keys[..4]) Assert.Equal(plain, Envelope.Open(output.ToArray(), key).Content);
        Assert.Equal(EnvelopeFault.NoMatch, Envelope.Open(output.ToArray(), keys[4]).Fault);
    }

    [Fact]
    public void A_passphrase_opens_it_and_another_does_not()
    {
        byte[] plain = Bytes(1000, seed: 3);
        using MemoryStream output = new();
        Envelope.Seal(new MemoryStream(plain), output, "correct horse", workFactor: 4);
        Assert.Equal(plain, Envelope.Open(output.ToArray(), "correct horse").Content);
        Assert.Equal(EnvelopeFault.NoMatch, Envelope.Open(output.ToArray(), "correct hors").Fault);
        Assert.Equal(EnvelopeFault.NoMatch, Envelope.Open(output.ToArray(), IdentityKey.Generate()).Fault);
    }

    [Fact]
    public void Every_single_bit_of_the_header_and_of_the_first_bytes_matters()
    {
        using IdentityKey key = IdentityKey.Generate();
        byte[] envelope = Envelope.Seal(Bytes(100, seed: 4), key.Recipient);
        for (int bit = 0; bit < envelope.Length * 8; bit++) AssertRefused(Flipped(envelope, bit), key, $"bit {bit} was flipped");
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_a_long_file_is_refused()
    {
        using IdentityKey key = IdentityKey.Generate();
        byte[] envelope = Envelope.Seal(Bytes((3 * Chunk) + 5, seed: 5), key.Recipient);
        Random random = new(6);
        for (int i = 0; i < 400; i++)
        {
            int bit = random.Next(envelope.Length * 8);
            AssertRefused(Flipped(envelope, bit), key, $"bit {bit} was flipped");
        }
    }

    [Fact]
    public void A_cut_anywhere_is_refused()
    {
        using IdentityKey key = IdentityKey.Generate();
        byte[] envelope = Envelope.Seal(Bytes(3 * Chunk, seed: 7), key.Recipient);
        Random random = new(8);
        int payload = envelope.Length - (3 * SealedChunk);
        int[] boundaries = [0, 1, payload - 16, payload, payload + SealedChunk, payload + (2 * SealedChunk), envelope.Length - 1];
        foreach (int length in boundaries.Concat(Enumerable.Range(0, 300).Select(_ => random.Next(envelope.Length))))
            AssertRefused(envelope[..length], key, $"cut to {length} bytes");
        Assert.Equal(EnvelopeFault.Truncated, Envelope.Open(envelope.AsSpan(0, payload + SealedChunk), key).Fault);
    }

    [Fact]
    public void Chunks_that_are_swapped_dropped_repeated_or_appended_are_refused()
    {
        using IdentityKey key = IdentityKey.Generate();
        byte[] envelope = Envelope.Seal(Bytes((4 * Chunk) + 9, seed: 9), key.Recipient);
        byte[] other = Envelope.Seal(Bytes((4 * Chunk) + 9, seed: 9), key.Recipient);
        int start = envelope.Length - (4 * SealedChunk) - 25;
        byte[] head = envelope[..start];
        byte[][] chunks = [.. envelope[start..].Chunk(SealedChunk)];
        byte[][] others = [.. other[start..].Chunk(SealedChunk)];
        Assert.Equal(Envelope.Open(envelope, key).Content, Envelope.Open(Joined(chunks), key).Content);

        for (int i = 0; i < chunks.Length; i++)
        {
            AssertRefused(Joined([.. chunks[..i], .. chunks[(i + 1)..]]), key, $"chunk {i} dropped");
            AssertRefused(Joined([.. chunks[..i], chunks[i], .. chunks[i..]]), key, $"chunk {i} repeated");
            AssertRefused(Joined([.. chunks, chunks[i]]), key, $"chunk {i} appended");
            AssertRefused(Joined([.. chunks[..i], others[i], .. chunks[(i + 1)..]]), key, $"chunk {i} of another file");
            for (int j = 0; j < i; j++)
            {
                byte[][] swapped = [.. chunks];
                (swapped[i], swapped[j]) = (swapped[j], swapped[i]);
                AssertRefused(Joined(swapped), key, $"chunks {i} and {j} swapped");
            }
        }
        AssertRefused([.. other[..start], .. envelope[start..]], key, "the header of another file");

        byte[] Joined(byte[][] parts) => [.. head, .. parts.SelectMany(part => part)];
    }

    [Fact]
    public void A_refused_file_leaves_no_file_and_spares_the_older_one()
    {
        using Scratch scratch = new();
        using IdentityKey key = IdentityKey.Generate();
        byte[] envelope = Envelope.Seal(Bytes(3 * Chunk, seed: 10), key.Recipient);
        File.WriteAllBytes(scratch["in.age"], Flipped(envelope, (envelope.Length * 8) - 1)); // only the last chunk is bad
        Assert.Equal(EnvelopeFault.Payload, Envelope.OpenFile(scratch["in.age"], scratch["out"], key));
        Assert.Equal([scratch["in.age"]], scratch.Files);

        File.WriteAllText(scratch["out"], "older");
        Assert.Equal(EnvelopeFault.Payload, Envelope.OpenFile(scratch["in.age"], scratch["out"], key));
        Assert.Equal("older", File.ReadAllText(scratch["out"]));
        Assert.Equal(2, scratch.Files.Length);
    }

    [Fact]
    public void An_opened_file_is_whole_and_its_owners_alone()
    {
        using Scratch scratch = new();
        using IdentityKey key = IdentityKey.Generate();
        byte[] plain = Bytes(100_000, seed: 11);
        File.WriteAllBytes(scratch["plain"], plain);
        Envelope.SealFile(scratch["plain"], scratch["sealed"], key.Recipient, armor: true);
        Assert.StartsWith("-----BEGIN AGE ENCRYPTED FILE-----\n", File.ReadAllText(scratch["sealed"]), StringComparison.Ordinal);
        Assert.Null(Envelope.OpenFile(scratch["sealed"], scratch["again"], key));
        Assert.Equal(plain, File.ReadAllBytes(scratch["again"]));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(scratch["again"]));
    }

    [Fact]
    public void Anything_that_is_no_envelope_is_refused_as_such()
    {
        using IdentityKey key = IdentityKey.Generate();
        foreach (string text in (string[])["", "a", "PK\u0003\u0004", "{\"format\":\"groeilijn-delivery/1\"}\n", new string('x', 100_000)])
            Assert.Equal(EnvelopeFault.NotAge, Envelope.Open(Encoding.UTF8.GetBytes(text), key).Fault);
        Assert.Equal(EnvelopeFault.Version, Envelope.Open("age-encryption.org/v2\n"u8, key).Fault);
    }

    [Fact]
    public void No_word_about_a_refusal_holds_the_content()
    {
        foreach (EnvelopeFault fault in Enum.GetValues<EnvelopeFault>()) Assert.EndsWith(".", fault.Sentence(), StringComparison.Ordinal);
        using Opened opened = new("ZZZ-SENTINEL"u8.ToArray(), null);
        Assert.DoesNotContain("SENTINEL", opened.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_sealed_to_a_key_that_is_nobodys()
    {
        // The recipient whose point is zero: well spelled, of low order.
        RecipientKey nobody = RecipientKey.Parse("age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z");
        Assert.Throws<System.Security.Cryptography.CryptographicException>(() => Envelope.Seal("x"u8, nobody));
    }

    [Fact]
    public void What_was_opened_is_zeros_once_disposed()
    {
        using IdentityKey key = IdentityKey.Generate();
        Opened opened = Envelope.Open(Envelope.Seal("ZZZ-SENTINEL"u8, key.Recipient), key);
        byte[] content = opened.Content!;
        opened.Dispose();
        Assert.All(content, value => Assert.Equal(0, value));
    }

    static void AssertRefused(byte[] envelope, IdentityKey key, string what)
    {
        using Opened opened = Envelope.Open(envelope, key);
        Assert.False(opened.Ok, what);
    }

    static byte[] Flipped(byte[] bytes, int bit)
    {
        byte[] copy = [.. bytes];
        copy[bit / 8] ^= (byte)(1 << (bit % 8));
        return copy;
    }

    internal static byte[] Bytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}

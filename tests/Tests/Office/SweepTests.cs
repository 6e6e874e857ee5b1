using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Groeilijn.Columns;
using Groeilijn.Office;

#pragma warning disable CA5350, CA5351 // weak hashes are what is planted

namespace Groeilijn.Tests.Office;

public sealed class SweepTests : IDisposable
{
    static readonly string[] Numbers = [.. Enumerable.Range(1, 200).Select(Child.BsnOf)];
    static readonly string Planted = Numbers[77];

    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-sweep-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    IReadOnlyList<SweepHit> Search() => Sweep.Search(_folder, Numbers, TimeProvider.System).Hits;

    void Plant(byte[] bytes) => File.WriteAllBytes(Path.Combine(_folder, "file"), [.. Filling(1, 5000), .. bytes, .. Filling(2, 3000)]);

    /// <summary>Bytes that look like nothing, the same on every run.</summary>
    static byte[] Filling(int seed, int length)
    {
        var state = (uint)seed;
        return [.. Enumerable.Range(0, length).Select(_ => (byte)((state = unchecked(state * 1664525 + 1013904223)) >> 24))];
    }

    static byte[] Digits(string around = "") => Encoding.UTF8.GetBytes(around + Planted + around);

    public static TheoryData<string> Encodings =>
    [
        "raw", "inside a longer run of digits", "utf-16 little end first", "utf-16 big end first", "utf-16 at an odd place",
        "base64 +0", "base64 +1", "base64 +2", "base64 with line ends", "base64url", "base64 of utf-16",
        "hex", "hex at an odd place", "hex in capitals", "gzip", "zlib", "gzip in base64", "text in gzip in gzip",
        "md5", "sha-1", "sha-256", "sha-512", "md5 in hex", "sha-1 in base64", "sha-256 in hex", "sha-512 in hex",
    ];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_planted_number_is_found_in_every_encoding(string encoding)
    {
        Plant(Encode(encoding));
        Assert.NotEmpty(Search());
        Assert.All(Search(), hit => Assert.DoesNotContain(Planted, hit.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_held_for_a_moment_is_waited_for_and_searched()
    {
        Plant(Digits());
        using var holding = new ManualResetEventSlim();
        var holder = new Thread(() =>
        {
            using var held = new FileStream(Path.Combine(_folder, "file"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            holding.Set();
            Thread.Sleep(300);
        });
        holder.Start();
        holding.Wait(TestContext.Current.CancellationToken);
        Assert.NotEmpty(Search());
        holder.Join();
    }

    static byte[] Encode(string encoding) => encoding switch
    {
        "raw" => Digits(),
        "inside a longer run of digits" => Digits("4711"),
        "utf-16 little end first" => Encoding.Unicode.GetBytes($" bsn {Planted}."),
        "utf-16 big end first" => Encoding.BigEndianUnicode.GetBytes($" bsn {Planted}."),
        "utf-16 at an odd place" => [1, .. Encoding.Unicode.GetBytes(Planted)],
        "base64 +0" => Base64(Digits()),
        "base64 +1" => Base64(Digits("x")),
        "base64 +2" => Base64(Digits("xy")),
        "base64 with line ends" => Encoding.ASCII.GetBytes(Convert.ToBase64String(Digits("0123456789abc;")).Insert(24, "\r\n").Insert(10, "\n")),
        "base64url" => Encoding.ASCII.GetBytes(Convert.ToBase64String([0xFB, 0xEF, 0xBE, .. Digits(), 0xFF, 0xFF]).Replace('+', '-').Replace('/', '_').TrimEnd('=')),
        "base64 of utf-16" => Base64(Encoding.Unicode.GetBytes($"a{Planted}b")),
        "hex" => Hex(Digits()),
        "hex at an odd place" => [(byte)'0', .. Hex(Digits()), (byte)' '],
        "hex in capitals" => Encoding.ASCII.GetBytes(Convert.ToHexString(Encoding.Unicode.GetBytes($"ﻯ{Planted}ﻯ"))),
        "gzip" => Packed(Digits("some text "), output => new GZipStream(output, CompressionLevel.Optimal)),
        "zlib" => Packed(Digits("some text "), output => new ZLibStream(output, CompressionLevel.Optimal)),
        "gzip in base64" => Base64(Packed(Digits("some text "), output => new GZipStream(output, CompressionLevel.Optimal))),
        "text in gzip in gzip" => Packed(Packed(Digits(" "), output => new GZipStream(output, CompressionLevel.Optimal)), output => new GZipStream(output, CompressionLevel.Optimal)),
        "md5" => MD5.HashData(Digits()),
        "sha-1" => SHA1.HashData(Digits()),
        "sha-256" => SHA256.HashData(Digits()),
        "sha-512" => SHA512.HashData(Digits()),
        "md5 in hex" => Hex(MD5.HashData(Digits())),
        "sha-1 in base64" => Base64(SHA1.HashData(Digits())),
        "sha-256 in hex" => Hex(SHA256.HashData(Digits())),
        "sha-512 in hex" => Hex(SHA512.HashData(Digits())),
        _ => throw new ArgumentOutOfRangeException(nameof(encoding)),
    };

    static byte[] Base64(byte[] bytes) => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes));

    static byte[] Hex(byte[] bytes) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes));

    static byte[] Packed(byte[] bytes, Func<Stream, Stream> packing)
    {
        using var output = new MemoryStream();
        using (var packer = packing(output)) packer.Write(bytes);
        return output.ToArray();
    }

    [Fact]
    public void A_number_in_a_column_of_a_Parquet_file_is_found()
    {
        using var database = ColumnDatabase.Open();
        Parquet.Write(database, $"SELECT 'r' || i AS row, CASE WHEN i = 500 THEN {Planted}::INTEGER ELSE i END AS number FROM range(1000) t(i)", Path.Combine(_folder, "part.parquet"));
        var hit = Assert.Single(Search());
        Assert.Equal(("part.parquet", "parquet", "digits"), (hit.File, hit.View, hit.Found));
    }

    [Fact]
    public void A_find_tells_file_and_place()
    {
        Plant(Digits());
        Assert.Equal(new SweepHit("file", 5000, "raw", "digits"), Assert.Single(Search()));
    }

    [Fact]
    public void Other_numbers_are_not_found()
    {
        Plant(Encoding.ASCII.GetBytes(string.Join('\n', Enumerable.Range(300, 2000).Select(Child.BsnOf))));
        Assert.Empty(Search());
    }

    [Fact]
    public void Nine_digits_in_a_hash_in_hexadecimal_are_a_piece_of_the_hash()
    {
        Plant(Encoding.ASCII.GetBytes($" ab12cd34{Planted}0f0f0f0f0f0f0f0f0f0f0f0 "));
        Assert.Empty(Search());
        Plant(Encoding.ASCII.GetBytes($" 12345678{Planted}01010101010101010101010 ")); // no letter: it could be a row of numbers
        Assert.NotEmpty(Search());
    }

    [Fact]
    public void Files_and_bytes_are_counted()
    {
        File.WriteAllBytes(Path.Combine(_folder, "a"), new byte[1000]);
        Directory.CreateDirectory(Path.Combine(_folder, "b"));
        File.WriteAllBytes(Path.Combine(_folder, "b", "c"), []);
        var report = Sweep.Search(_folder, Numbers, TimeProvider.System);
        Assert.Equal((2, 1000L), (report.Files, report.Bytes));
    }
}

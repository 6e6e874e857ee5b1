using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Groeilijn.Delivery;

namespace Groeilijn.Tests.Delivery;

/// <summary>All public test vectors of age v1 (C2SP/CCTV): each file opens, or is refused, as its own header says.</summary>
public class AgeVectorTests
{
    static readonly Dictionary<string, EnvelopeFault[]> s_faults = new()
    {
        ["header failure"] = [EnvelopeFault.Header, EnvelopeFault.NotAge, EnvelopeFault.Version],
        ["payload failure"] = [EnvelopeFault.Payload, EnvelopeFault.Truncated],
        ["armor failure"] = [EnvelopeFault.Armor, EnvelopeFault.NotAge],
        ["HMAC failure"] = [EnvelopeFault.Mac],
        ["no match"] = [EnvelopeFault.NoMatch],
    };

    [Fact]
    public void Every_vector_does_what_its_header_says()
    {
        string[] files = [.. Directory.GetFiles(Around.Vectors("age")).Where(file => Path.GetFileName(file) != "LICENSE").Order(StringComparer.Ordinal)];
        Assert.Equal(143, files.Length);
        List<string> wrong = [];
        foreach (string file in files)
        {
            Vector vector = Vector.Read(file);
            if (!vector.IsPostQuantum && Judge(vector) is { } complaint) wrong.Add($"{Path.GetFileName(file)}: {complaint}");
        }
        Assert.Empty(wrong);
    }

    /// <summary>Whatever else is right or wrong with such a file: who holds no post-quantum key is told that this is what it takes.</summary>
    [Fact]
    public void The_nineteen_vectors_of_post_quantum_keys_are_refused_by_that_name()
    {
        Dictionary<string, EnvelopeFault?> faults = Directory.GetFiles(Around.Vectors("age")).Where(file => Path.GetFileName(file) != "LICENSE")
            .Select(file => (Name: Path.GetFileName(file), Vector: Vector.Read(file))).Where(file => file.Vector.IsPostQuantum)
            .ToDictionary(file => file.Name, file => Envelope.Open(file.Vector.Envelope, file.Vector.Identity!).Fault);
        Assert.Equal(19, faults.Count);
        // Three are wrong before anybody looks for whom they are: two headers are damaged, and a stanza's name in other letters is another name.
        Dictionary<string, EnvelopeFault> otherwise = new() { ["hybrid_not_canonical_body"] = EnvelopeFault.Header, ["hybrid_x25519_arg"] = EnvelopeFault.Header, ["hybrid_uppercase"] = EnvelopeFault.NoMatch };
        Assert.Empty(faults.Where(one => one.Value != otherwise.GetValueOrDefault(one.Key, EnvelopeFault.PostQuantum)).Select(one => $"{one.Key}: {one.Value}"));
    }

    [Fact]
    public void Every_vector_does_the_same_from_file_to_file_and_a_refusal_leaves_no_file()
    {
        using Scratch scratch = new();
        foreach (string file in Directory.GetFiles(Around.Vectors("age")).Where(file => Path.GetFileName(file) != "LICENSE"))
        {
            Vector vector = Vector.Read(file);
            if (vector.Identity is null) continue;
            File.WriteAllBytes(scratch["sealed"], vector.Envelope);
            using Opened opened = Envelope.Open(vector.Envelope, vector.Identity);
            EnvelopeFault? fault = Envelope.OpenFile(scratch["sealed"], scratch["plain"], vector.Identity);
            Assert.Equal(opened.Fault, fault);
            Assert.Equal(opened.Ok ? 2 : 1, scratch.Files.Length);
            if (!opened.Ok) continue;
            Assert.Equal(opened.Content, File.ReadAllBytes(scratch["plain"]));
            File.Delete(scratch["plain"]);
        }
    }

    static string? Judge(Vector vector)
    {
        List<EnvelopeFault?> faults = [];
        foreach (Func<Opened> open in vector.Ways())
        {
            using Opened opened = open();
            if (opened.Ok)
                return vector.Expect == "success" && Convert.ToHexStringLower(SHA256.HashData(opened.Content)) == vector.Payload ? null : $"opened, expected {vector.Expect}";
            faults.Add(opened.Fault);
        }
        EnvelopeFault fault = faults.Find(fault => fault != EnvelopeFault.NoMatch) ?? EnvelopeFault.NoMatch;
        return s_faults.GetValueOrDefault(vector.Expect, []).Contains(fault) ? null : $"{fault}, expected {vector.Expect}";
    }

    sealed class Vector
    {
        public string Expect { get; private set; } = "";
        public string Payload { get; private set; } = "";
        public byte[] Envelope { get; private set; } = [];
        public IdentityKey? Identity { get; private set; }
        public bool IsPostQuantum { get; private set; }
        readonly List<string> _passphrases = [];

        public IEnumerable<Func<Opened>> Ways()
        {
            foreach (string passphrase in _passphrases) yield return () => Groeilijn.Delivery.Envelope.Open(Envelope, passphrase);
            if (Identity is not null) yield return () => Groeilijn.Delivery.Envelope.Open(Envelope, Identity);
        }

        public static Vector Read(string file)
        {
            byte[] bytes = File.ReadAllBytes(file);
            Vector vector = new();
            bool compressed = false;
            int at = 0;
            while (true)
            {
                int end = Array.IndexOf(bytes, (byte)'\n', at);
                string line = Encoding.UTF8.GetString(bytes, at, end - at);
                at = end + 1;
                if (line.Length == 0) break;
                string[] pair = line.Split(": ", 2);
                if (pair[0] == "expect") vector.Expect = pair[1];
                if (pair[0] == "payload") vector.Payload = pair[1];
                if (pair[0] == "passphrase") vector._passphrases.Add(pair[1]);
                if (pair[0] == "compressed") compressed = true;
                if (pair[0] != "identity") continue;
                if (IdentityKey.TryParse(pair[1], out IdentityKey? key)) vector.Identity = key;
                else vector.IsPostQuantum = pair[1].StartsWith("AGE-SECRET-KEY-PQ-1", StringComparison.Ordinal);
            }
            using MemoryStream rest = new(bytes[at..]);
            using MemoryStream whole = new();
            if (compressed) new ZLibStream(rest, CompressionMode.Decompress).CopyTo(whole);
            else rest.CopyTo(whole);
            vector.Envelope = whole.ToArray();
            vector.Identity ??= IdentityKey.Generate(); // a post-quantum identity is not read; a stranger's key meets the same refusal
            return vector;
        }
    }
}

using System.Diagnostics;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Hosts.Machine;

namespace Groeilijn.Hosts.Deliveries;

/// <summary>
/// Both ways with npm's age-encryption, written by others in another language: what it seals we open, what we seal it opens, for keys
/// and passphrases, as bytes and as text. <c>setup/age-encryption.sh</c> fetches it.
/// </summary>
public sealed class AgeEncryptionTests : IDisposable
{
    const string Passphrase = "een lange zin die niemand raadt, ë 漢";

    /// <summary>What node runs: seal or open one file, as the words after the folder say.</summary>
    const string Script = """
        import { readFileSync, writeFileSync } from 'node:fs';
        const [library, verb, kind, secret, form, from, to] = process.argv.slice(2);
        const age = await import(library);
        if (verb === 'seal') {
          const encrypter = new age.Encrypter();
          if (kind === 'key') encrypter.addRecipient(secret);
          else { encrypter.setPassphrase(secret); encrypter.setScryptWorkFactor(12); }
          const bytes = await encrypter.encrypt(new Uint8Array(readFileSync(from)));
          writeFileSync(to, form === 'armor' ? age.armor.encode(bytes) : bytes);
        } else {
          const decrypter = new age.Decrypter();
          if (kind === 'key') decrypter.addIdentity(secret); else decrypter.addPassphrase(secret);
          const bytes = form === 'armor' ? age.armor.decode(readFileSync(from, 'utf8')) : new Uint8Array(readFileSync(from));
          writeFileSync(to, await decrypter.decrypt(bytes));
        }
        """;

    static readonly int[] s_lengths = [0, 1, 65_536, 200_001];

    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-age-").FullName;
    readonly IdentityKey _key = IdentityKey.Generate();

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, true);
    }

    [Theory]
    [InlineData("key", "bytes")]
    [InlineData("key", "armor")]
    [InlineData("passphrase", "bytes")]
    [InlineData("passphrase", "armor")]
    public void Age_encryption_opens_what_we_seal(string kind, string form)
    {
        foreach (var length in s_lengths)
        {
            var plain = Plain(length);
            using (var output = File.Create(At("sealed")))
            {
                if (kind == "key") Envelope.Seal(new MemoryStream(plain), output, _key.Recipient, form == "armor");
                else Envelope.Seal(new MemoryStream(plain), output, Passphrase, form == "armor", workFactor: 12);
            }
            Node("open", kind, kind == "key" ? _key.ToSecretText() : Passphrase, form, "sealed", "opened");
            Assert.Equal(plain, File.ReadAllBytes(At("opened")));
        }
    }

    [Theory]
    [InlineData("key", "bytes")]
    [InlineData("key", "armor")]
    [InlineData("passphrase", "bytes")]
    [InlineData("passphrase", "armor")]
    public void We_open_what_age_encryption_seals(string kind, string form)
    {
        foreach (var length in s_lengths)
        {
            File.WriteAllBytes(At("plain"), Plain(length));
            Node("seal", kind, kind == "key" ? _key.Recipient.ToString() : Passphrase, form, "plain", "sealed");
            var bytes = File.ReadAllBytes(At("sealed"));
            Assert.Equal(form == "armor", Encoding.ASCII.GetString(bytes).StartsWith("-----BEGIN AGE ENCRYPTED FILE-----\n", StringComparison.Ordinal));
            using var opened = kind == "key" ? Envelope.Open(bytes, _key) : Envelope.Open(bytes, Passphrase);
            Assert.Null(opened.Fault);
            Assert.Equal(Plain(length), opened.Content);
        }
    }

    [Fact]
    public void What_either_seals_to_somebody_else_neither_opens()
    {
        using var other = IdentityKey.Generate();
        File.WriteAllBytes(At("plain"), Plain(10));
        Node("seal", "key", other.Recipient.ToString(), "bytes", "plain", "sealed");
        Assert.Equal(EnvelopeFault.NoMatch, Envelope.Open(File.ReadAllBytes(At("sealed")), _key).Fault);
        Assert.NotEqual(0, Run("open", "key", _key.ToSecretText(), "bytes", "sealed", "opened").Code);
    }

    string At(string name) => Path.Combine(_folder, name);

    static byte[] Plain(int length)
    {
        var plain = new byte[length];
        for (var i = 0; i < length; i++) plain[i] = (byte)(i * 31 % 251);
        return plain;
    }

    void Node(params string[] words)
    {
        var (code, output) = Run(words);
        Assert.True(code == 0, output);
    }

    (int Code, string Output) Run(params string[] words)
    {
        var library = Path.Combine(Checkout.Root, ".setup/age-encryption/node_modules/age-encryption/dist/index.js");
        Needs.Program("node");
        Needs.That(File.Exists(library), "npm's age-encryption is not here: setup/age-encryption.sh fetches it");
        File.WriteAllText(At("run.mjs"), Script);
        var start = new ProcessStartInfo("node", [At("run.mjs"), "file://" + library, .. words[..^2], At(words[^2]), At(words[^1])]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var node = Process.Start(start)!;
        var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        node.WaitForExit();
        return (node.ExitCode, output.Result + error.Result);
    }
}

using System.CommandLine;
using Groeilijn.Delivery;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn envelope</c>: any age file, as Debian's <c>age</c> reads and writes it.</summary>
static class EnvelopeCommands
{
    public static Command Create() => Verb.Group("envelope", "Seal and open age files (age v1; X25519 and passphrase)", Keygen(), Seal(), Open());

    static Command Keygen()
    {
        var output = new Option<string>("--out") { Description = "The key file to write (mode 600)", Required = true };
        return Verb.Of("keygen", "Make a key pair; the public half is printed", "groeilijn envelope keygen --out my.key", parsed =>
        {
            var file = parsed.GetValue(output)!;
            if (File.Exists(file)) return parsed.Refuse("that file is there already", "choose another name: a key is never overwritten");
            using var key = IdentityKey.Generate();
            DurableFile.WriteSecret(file, System.Text.Encoding.ASCII.GetBytes($"# public key: {key.Recipient}\n{key.ToSecretText()}\n"));
            return parsed.Say(key.Recipient.ToString());
        }, output);
    }

    static Command Seal()
    {
        var file = new Argument<string>("file") { Description = "What to seal" };
        var to = new Option<string?>("--to") { Description = "The recipient's public key, age1…" };
        var passphrase = new Option<string?>("--passphrase-file") { Description = "A file whose first line is the passphrase" };
        var armor = new Option<bool>("--armor") { Description = "Write text (PEM) in place of bytes" };
        var output = new Option<string>("--out") { Description = "The sealed file to write", Required = true };
        return Verb.Of("seal", "Seal a file for a key or a passphrase", "groeilijn envelope seal notes.txt --to age1… --out notes.txt.age", parsed =>
        {
            if (!File.Exists(parsed.GetValue(file))) return parsed.Refuse("there is no such file to seal", "check the name");
            if ((parsed.GetValue(to) is null) == (parsed.GetValue(passphrase) is null))
                return parsed.Refuse("seal for one: a key or a passphrase", "give --to age1… or --passphrase-file FILE", Verb.WrongUse);
            if (parsed.GetValue(to) is { } text)
            {
                if (!RecipientKey.TryParse(text, out var key)) return parsed.Refuse("--to is no public key of age (X25519)", "it starts with age1 and has 62 characters; `groeilijn envelope keygen` prints one");
                Envelope.SealFile(parsed.GetValue(file)!, parsed.GetValue(output)!, key, parsed.GetValue(armor));
                return Verb.Done;
            }
            if (Passphrase(parsed.GetValue(passphrase)!) is not { } words) return parsed.Refuse("the passphrase file is missing or its first line is empty", "write the passphrase on its first line");
            Envelope.SealFile(parsed.GetValue(file)!, parsed.GetValue(output)!, words, parsed.GetValue(armor));
            return Verb.Done;
        }, file, to, passphrase, armor, output);
    }

    static Command Open()
    {
        var file = new Argument<string>("file") { Description = "The sealed file" };
        var identity = new Option<string?>("--identity") { Description = "The key file" };
        var passphrase = new Option<string?>("--passphrase-file") { Description = "A file whose first line is the passphrase" };
        var output = new Option<string>("--out") { Description = "The file to write; it appears only when the whole envelope is sound", Required = true };
        return Verb.Of("open", "Open a sealed file; a failed open leaves no file", "groeilijn envelope open notes.txt.age --identity my.key --out notes.txt", parsed =>
        {
            if (!File.Exists(parsed.GetValue(file))) return parsed.Refuse("there is no such file to open", "check the name");
            if ((parsed.GetValue(identity) is null) == (parsed.GetValue(passphrase) is null))
                return parsed.Refuse("open with one: a key file or a passphrase", "give --identity FILE or --passphrase-file FILE", Verb.WrongUse);
            EnvelopeFault? fault;
            if (parsed.GetValue(identity) is { } keyFile)
            {
                if (!File.Exists(keyFile) || !IdentityKey.TryParseFile(File.ReadAllText(keyFile), out var key)) return parsed.Refuse("the key file holds no age key (X25519)", "it has a line that starts with AGE-SECRET-KEY-1");
                using (key) fault = Envelope.OpenFile(parsed.GetValue(file)!, parsed.GetValue(output)!, key);
            }
            else
            {
                if (Passphrase(parsed.GetValue(passphrase)!) is not { } words) return parsed.Refuse("the passphrase file is missing or its first line is empty", "write the passphrase on its first line");
                fault = Envelope.OpenFile(parsed.GetValue(file)!, parsed.GetValue(output)!, words);
            }
            return fault is { } why ? parsed.Refuse(why.Sentence(), "nothing was written") : Verb.Done;
        }, file, identity, passphrase, output);
    }

    static string? Passphrase(string file) => File.Exists(file) && File.ReadLines(file).FirstOrDefault() is { Length: > 0 } line ? line : null;
}

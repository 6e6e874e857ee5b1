using System.Security.Cryptography;
using System.Text;

namespace Groeilijn.Delivery;

/// <summary>One way to the file key: arguments (the first is the type) and a body.</summary>
sealed record Stanza(string[] Arguments, byte[] Body)
{
    public string Type => Arguments[0];
}

/// <summary>The text before the payload: version line, stanzas, and a MAC under the file key. Read as strictly as the format says.</summary>
sealed class EnvelopeHeader
{
    const string VersionLine = "age-encryption.org/v1";
    const string VersionStart = "age-encryption.org/v";
    const int Columns = 64;
    const int LongestHeader = 1 << 20; // far beyond thousands of recipients; a limit on what a stranger can make us read

    readonly byte[] _signed;
    readonly byte[] _mac;

    EnvelopeHeader(IReadOnlyList<Stanza> stanzas, byte[] signed, byte[] mac) => (Stanzas, _signed, _mac) = (stanzas, signed, mac);

    public IReadOnlyList<Stanza> Stanzas { get; }

    public static byte[] Write(IReadOnlyList<Stanza> stanzas, ReadOnlySpan<byte> fileKey)
    {
        StringBuilder text = new(VersionLine + "\n");
        foreach (Stanza stanza in stanzas)
        {
            text.Append("-> ").AppendJoin(' ', stanza.Arguments).Append('\n');
            string body = Base64.Encode(stanza.Body);
            for (int i = 0; i <= body.Length; i += Columns) text.Append(body.AsSpan(i, Math.Min(Columns, body.Length - i))).Append('\n');
        }
        text.Append("---");
        string mac = Base64.Encode(Mac(Encoding.ASCII.GetBytes(text.ToString()), fileKey));
        return Encoding.ASCII.GetBytes(text.Append(' ').Append(mac).Append('\n').ToString());
    }

    public static EnvelopeHeader Read(Stream stream)
    {
        MemoryStream read = new();
        string version = FirstLine(stream, read);
        if (version != VersionLine) throw new EnvelopeRefused(version.StartsWith(VersionStart, StringComparison.Ordinal) ? EnvelopeFault.Version : EnvelopeFault.NotAge);

        List<Stanza> stanzas = [];
        for (string line = Line(stream, read); ; line = Line(stream, read))
        {
            if (line.StartsWith("---", StringComparison.Ordinal))
            {
                byte[] signed = read.GetBuffer().AsSpan(0, (int)read.Length - line.Length - 1 + 3).ToArray();
                return line.StartsWith("--- ", StringComparison.Ordinal) && Base64.Decode(line[4..]) is { Length: 32 } mac && stanzas.Count > 0
                    ? new(Checked(stanzas), signed, mac)
                    : throw Refused();
            }
            stanzas.Add(ReadStanza(line, stream, read));
        }
    }

    public void CheckMac(ReadOnlySpan<byte> fileKey)
    {
        if (!CryptographicOperations.FixedTimeEquals(Mac(_signed, fileKey), _mac)) throw new EnvelopeRefused(EnvelopeFault.Mac);
    }

    static byte[] Mac(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> fileKey) => HMACSHA256.HashData(FileKey.Derive(fileKey, [], "header"u8), signed);

    static Stanza ReadStanza(string line, Stream stream, MemoryStream read)
    {
        if (!line.StartsWith("-> ", StringComparison.Ordinal)) throw Refused();
        string[] arguments = line[3..].Split(' ');
        if (arguments.Any(argument => argument.Length == 0 || argument.Any(c => c is < '!' or > '~'))) throw Refused();
        StringBuilder body = new();
        string part;
        do
        {
            part = Line(stream, read);
            if (part.Length > Columns) throw Refused();
            body.Append(part);
        }
        while (part.Length == Columns); // a body ends with a line that is not full, be it an empty one
        return new(arguments, Base64.Decode(body.ToString()) ?? throw Refused());
    }

    static List<Stanza> Checked(List<Stanza> stanzas) =>
        stanzas.Count == 1 || stanzas.All(stanza => stanza.Type != FileKey.Scrypt) ? stanzas : throw Refused(); // a passphrase stands alone

    static string FirstLine(Stream stream, MemoryStream read)
    {
        // A stranger's file need not have lines at all: look no further than the version line could reach.
        for (int i = 0; i <= VersionLine.Length + 8; i++)
        {
            int next = stream.ReadByte();
            if (next < 0) break;
            read.WriteByte((byte)next);
            if (next == '\n') return Encoding.Latin1.GetString(read.GetBuffer(), 0, (int)read.Length - 1);
        }
        throw new EnvelopeRefused(EnvelopeFault.NotAge);
    }

    static string Line(Stream stream, MemoryStream read)
    {
        int start = (int)read.Length;
        while (read.Length < LongestHeader)
        {
            int next = stream.ReadByte();
            if (next < 0) break;
            read.WriteByte((byte)next);
            if (next == '\n') return Encoding.Latin1.GetString(read.GetBuffer(), start, (int)read.Length - start - 1);
        }
        throw Refused();
    }

    static EnvelopeRefused Refused() => new(EnvelopeFault.Header);
}

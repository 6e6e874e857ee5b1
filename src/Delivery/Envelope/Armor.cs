using System.Text;

namespace Groeilijn.Delivery;

/// <summary>The words around an armored envelope: base64 in lines of 64 letters between two marks, strict as age is.</summary>
static class Armor
{
    public const string Begin = "-----BEGIN AGE ENCRYPTED FILE-----";
    public const string End = "-----END AGE ENCRYPTED FILE-----";
    public const int Columns = 64;
    public const int BytesPerLine = 48;
    public const int MostWhiteSpace = 1024;
}

/// <summary>Writes what it is given as armor; <see cref="Finish"/> closes it. The stream beneath stays open.</summary>
sealed class ArmorWriter : ForwardStream
{
    readonly Stream _output;
    readonly byte[] _line = new byte[Armor.BytesPerLine];
    int _held;

    public ArmorWriter(Stream output)
    {
        _output = output;
        WriteLine(Armor.Begin);
    }

    public override bool CanWrite => true;

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int taken = Math.Min(buffer.Length, _line.Length - _held);
            buffer[..taken].CopyTo(_line.AsSpan(_held));
            buffer = buffer[taken..];
            _held += taken;
            if (_held == _line.Length) WriteHeld();
        }
    }

    public void Finish()
    {
        if (_held > 0) WriteHeld();
        WriteLine(Armor.End);
    }

    void WriteHeld()
    {
        WriteLine(Convert.ToBase64String(_line, 0, _held));
        _held = 0;
    }

    void WriteLine(string line) => _output.Write(Encoding.ASCII.GetBytes(line + "\n"));
}

/// <summary>Reads the bytes behind armor.</summary>
sealed class ArmorReader : ForwardStream
{
    readonly Stream _input;
    byte[] _line = [];
    int _taken;
    bool _ended;

    ArmorReader(Stream input)
    {
        _input = input;
        for (int blank = 0; ;)
        {
            string line = Line() ?? throw Refused();
            if (line.Length > 0 && line.Trim(' ', '\t', '\r').Length > 0)
            {
                if (line != Armor.Begin) throw Refused();
                return;
            }
            blank += line.Length + 1;
            if (blank > Armor.MostWhiteSpace) throw Refused();
        }
    }

    public override bool CanRead => true;

    /// <summary>The stream itself when binary; the bytes behind it when it begins like armor.</summary>
    public static Stream Unwrap(Stream input)
    {
        BufferedStream buffered = new(input, 4096);
        int first = buffered.ReadByte();
        Stream whole = new PrefixedStream(first, buffered);
        return first is '-' or ' ' or '\t' or '\r' or '\n' ? new ArmorReader(whole) : whole;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        if (_taken == _line.Length && !_ended) NextLine();
        int count = Math.Min(buffer.Length, _line.Length - _taken);
        _line.AsSpan(_taken, count).CopyTo(buffer);
        _taken += count;
        return count;
    }

    void NextLine()
    {
        (_line, _taken) = ([], 0);
        string line = Line() ?? throw Refused();
        if (line == Armor.End)
        {
            Finish();
            return;
        }
        if (line.Length is 0 or > Armor.Columns) throw Refused();
        _line = Base64.DecodePadded(line) ?? throw Refused();
        if (_line.Length == Armor.BytesPerLine) return;
        if (Line() != Armor.End) throw Refused(); // only the last line is short
        Finish();
    }

    void Finish()
    {
        _ended = true;
        for (int blank = 0; _input.ReadByte() is var next and >= 0; blank++)
            if (blank >= Armor.MostWhiteSpace || next is not (' ' or '\t' or '\r' or '\n')) throw Refused();
    }

    string? Line()
    {
        StringBuilder line = new();
        int next;
        while ((next = _input.ReadByte()) is >= 0 and not '\n')
        {
            line.Append((char)next);
            if (line.Length > Armor.MostWhiteSpace) throw Refused();
        }
        if (next < 0 && line.Length == 0) return null;
        if (line.Length > 0 && line[^1] == '\r') line.Length--;
        return line.ToString();
    }

    static EnvelopeRefused Refused() => new(EnvelopeFault.Armor);
}

/// <summary>One byte that was looked at, then the rest.</summary>
sealed class PrefixedStream(int first, Stream rest) : ForwardStream
{
    int _first = first;

    public override bool CanRead => true;

    public override int ReadByte()
    {
        if (_first < 0) return rest.ReadByte();
        int value = _first;
        _first = -1;
        return value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_first < 0 || buffer.IsEmpty) return rest.Read(buffer);
        buffer[0] = (byte)ReadByte();
        return 1;
    }
}

/// <summary>A stream that only goes forward: what the three above do not do.</summary>
abstract class ForwardStream : Stream
{
    public override bool CanRead => false;
    public override bool CanWrite => false;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}

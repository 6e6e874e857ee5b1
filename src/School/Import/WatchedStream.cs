namespace Groeilijn.School;

/// <summary>Lets a stream be read for one minute at most, in all passes together, and tells how far the reading is.</summary>
sealed class WatchedStream(Stream stream, TimeProvider clock, Action<long, long> read) : Stream
{
    /// <summary>The longest that the reading of one file may take: a hundred times what the largest takes.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    readonly long _began = clock.GetTimestamp();

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => stream.Length;

    public override long Position
    {
        get => stream.Position;
        set => stream.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (clock.GetElapsedTime(_began) > Longest) throw new FileRefused(Rules.FileTooSlow);
        var length = stream.Read(buffer);
        read(stream.Position, stream.Length);
        return length;
    }

    public override long Seek(long offset, SeekOrigin origin) => stream.Seek(offset, origin);

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

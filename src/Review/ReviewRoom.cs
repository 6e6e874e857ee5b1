using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Storage;

namespace Groeilijn.Review;

/// <summary>Where the key of the round is.</summary>
public enum KeyStep
{
    /// <summary>Nobody gave a share.</summary>
    First,
    /// <summary>One gave a share; the other comes.</summary>
    Second,
    /// <summary>The key is in memory.</summary>
    Held,
}

/// <summary>
/// The one process in which identities are open: the key of two shares, the linking, the review of one person after the other. It forgets the key when
/// nobody does anything for a quarter of an hour, and at the end.
/// </summary>
public sealed class ReviewRoom : IDisposable
{
    /// <summary>How long the key is held while nobody does anything.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(15);

    readonly Lock _gate = new();
    readonly ITimer _watch;
    LockedBytes? _first;
    IdentityKey? _key;
    DateTimeOffset _touched;
    ReviewSession? _session;
    bool _busy;

    /// <summary>The room of a round. It does not dispose the home.</summary>
    public ReviewRoom(OfficeHome home, Edition edition)
    {
        ArgumentNullException.ThrowIfNull(home);
        (Home, Edition, _touched) = (home, edition, home.Clock.GetUtcNow());
        Warnings = ProcessGuard.Engage(home.Invented).Warnings;
        _watch = home.Clock.CreateTimer(_ => Look(), null, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20));
    }

    /// <summary>The office's home.</summary>
    public OfficeHome Home { get; }

    /// <summary>The half-year.</summary>
    public Edition Edition { get; }

    /// <summary>What the process guard had to say.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Whether the key was forgotten because nobody did anything.</summary>
    public bool TimedOut { get; private set; }

    /// <summary>What the review brought when its last session ended; null before.</summary>
    internal ReviewSettled? Settled { get; private set; }

    /// <summary>Where the key is.</summary>
    public KeyStep Step
    {
        get { lock (_gate) return _key is not null ? KeyStep.Held : _first is not null ? KeyStep.Second : KeyStep.First; }
    }

    /// <summary>The session that goes on; null when nobody reviews.</summary>
    internal ReviewSession? Session
    {
        get { lock (_gate) return _session; }
    }

    /// <summary>Somebody is there. Who comes back too late finds the key forgotten.</summary>
    public void Touch()
    {
        lock (_gate)
        {
            Look();
            _touched = Home.Clock.GetUtcNow();
        }
    }

    /// <summary>Takes a share: the first is kept, with the second it becomes the key. What is given is zeroed.</summary>
    internal Refusal? Give(Span<byte> share)
    {
        lock (_gate)
        {
            TimedOut = false;
            if (_key is not null) return null;
            if (_first is null)
            {
                if (!KeyShares.IsShare(share)) return new Refusal("share", "This is no share of a key.", "A share is one line that begins with GROEILIJN-KEY-SHARE-1.");
                _first = new LockedBytes(share);
                return null;
            }
            using var second = new LockedBytes(share);
            var key = LinkingRun.Key(Home, Edition, _first.Bytes, second.Bytes);
            _first.Dispose();
            (_first, _key) = (null, key.Value);
            return key.Refusal;
        }
    }

    /// <summary>Links what came. The key is held as long as it takes.</summary>
    internal Outcome<LinkedRound> Link(Action<string, double> progress)
    {
        IdentityKey key;
        lock (_gate)
        {
            if (_key is null) return NoKey;
            (key, _busy) = (_key, true);
        }
        try { return LinkingRun.Run(Home, Edition, key, progress); }
        finally
        {
            lock (_gate) (_busy, _touched) = (false, Home.Clock.GetUtcNow());
            Home.Sequence();
        }
    }

    /// <summary>Begins a session of a reviewer.</summary>
    internal Refusal? Begin(string reviewer)
    {
        lock (_gate)
        {
            if (_key is null) return NoKey.Refusal;
            if (_session is not null) return new Refusal("session", "Somebody is reviewing.", "End that session first.");
            var started = ReviewSession.Start(Home, Edition, _key, reviewer);
            _session = started.Value;
            return started.Refusal;
        }
    }

    /// <summary>Does something in the session; false when there is none any more.</summary>
    internal bool InSession(Func<ReviewSession, bool> act)
    {
        lock (_gate) return _session is { } session && act(session);
    }

    /// <summary>Ends the session: what both linked goes to the cohort.</summary>
    internal ReviewSettled? End()
    {
        lock (_gate)
        {
            if (_session is not { } session) return null;
            Settled = session.End();
            _session = null;
            Home.Sequence();
            return Settled;
        }
    }

    /// <summary>Forgets the key and everything that it opened. Verdicts are sealed already.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _session = null;
            _first?.Dispose();
            _key?.Dispose();
            (_first, _key) = (null, null);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch.Dispose();
        Forget();
    }

    static Outcome<LinkedRound> NoKey => new Refusal("no-key", "The key is not in memory any more.", "Give both shares again.");

    void Look()
    {
        lock (_gate)
        {
            if (_busy || (_key is null && _first is null) || Home.Clock.GetUtcNow() - _touched < Idle) return;
            Forget();
            TimedOut = true;
        }
    }
}

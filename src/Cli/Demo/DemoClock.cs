namespace Groeilijn.Cli.Demo;

/// <summary>The invented country's clock: it stands still until the story moves it, so that a demo is the same on every day.</summary>
public sealed class DemoClock : TimeProvider
{
    DateTimeOffset _now = new(2022, 9, 1, 9, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _now;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Goes to nine o'clock of a day. Time never runs back.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day lies before the clock.</exception>
    public void GoTo(DateOnly day)
    {
        var morning = new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(morning, _now, nameof(day));
        _now = morning;
    }
}

using Groeilijn.Storage;

namespace Groeilijn.Gate;

/// <summary>placeholder</summary>
public sealed class Outgoing(Database database, string home, TimeProvider clock)
{
    readonly object[] _all = [database, home, clock];
}

using System.Data.Common;

namespace Groeilijn.Storage.Dialects;

/// <summary>What the two kinds of store do differently. Everything else is the same SQL.</summary>
abstract class Dialect
{
    /// <summary>Opens a connection that says yes only when the disk did.</summary>
    public abstract DbConnection Open();

    /// <summary>Begins a step; when this returns nobody else writes until it ends, and what others wrote before is seen.</summary>
    public abstract DbTransaction Begin(DbConnection connection);

    /// <summary>A parameter of a prepared statement, without a value yet.</summary>
    public abstract DbParameter Parameter(string name);

    /// <summary>A script of a room, as this store spells it.</summary>
    public virtual string Spell(string script) => script;

    /// <summary>Words for a failure of the disk or the server; null when the failure is our own mistake.</summary>
    public abstract StoreFault? Explain(DbException failure);
}

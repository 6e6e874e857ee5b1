namespace Groeilijn.School;

/// <summary>How sure the program is of what a column holds.</summary>
public enum Sureness
{
    /// <summary>Name and content say the same.</summary>
    Certain,
    /// <summary>One of the two says it and the other does not speak against it.</summary>
    Likely,
    /// <summary>A person must say it: there are two readings, or name and content disagree.</summary>
    Ask,
}

static class Sureties
{
    public static Words WordsOf(Sureness sure) => sure switch
    {
        Sureness.Certain => new("zeker", "certain"),
        Sureness.Likely => new("waarschijnlijk", "likely"),
        _ => new("moet u kiezen", "for you to choose"),
    };
}

/// <summary>What the program thinks a column holds.</summary>
/// <param name="Index">Its place in the table, from 0.</param>
/// <param name="Name">Its name, as the table has it.</param>
/// <param name="Choice">What it would hold.</param>
/// <param name="Sure">How sure that is.</param>
/// <param name="Why">Why.</param>
/// <param name="Shape">What stands in it, in words; never a value.</param>
public sealed record ProposedColumn(int Index, string Name, ColumnChoice Choice, Sureness Sure, Words Why, Words Shape)
{
    /// <summary>The orders among which a person must choose, where days can be read in more than one.</summary>
    public IReadOnlyList<DateOrder> Orders { get; init; } = [];

    /// <summary>What it would hold, in words.</summary>
    public Words Field => ColumnNames.Of(Choice.Field).Words;
}

/// <summary>A name of a test in the table that does not say which test is meant.</summary>
/// <param name="Name">The name, as the table has it.</param>
/// <param name="Count">How many rows have it.</param>
/// <param name="Choice">What is known of it; the school adds the rest.</param>
public sealed record ProposedTest(string Name, int Count, TestChoice Choice);

/// <summary>
/// What the program thinks of a table that it does not know: how it is written, and what each column holds. The school looks at it,
/// changes what is wrong, and confirms it once. Nothing in it is a value of a pupil.
/// </summary>
public sealed class MappingProposal
{
    /// <summary>By which the table is known again: the names of its columns, in any order.</summary>
    public required string Signature { get; init; }

    /// <summary>The name of the system, when a mapping for such tables was confirmed before; else empty.</summary>
    public required string System { get; init; }

    /// <summary>Whether this table can be imported as it is: confirmed before, or with our own names of columns.</summary>
    public required bool Confirmed { get; init; }

    /// <summary>Separator and encoding, or sheet.</summary>
    public required Words Written { get; init; }

    /// <summary>The line of the names of the columns, from 1.</summary>
    public required int HeaderLine { get; init; }

    /// <summary>How many rows follow it.</summary>
    public required int Rows { get; init; }

    /// <summary>The columns.</summary>
    public required IReadOnlyList<ProposedColumn> Columns { get; init; }

    /// <summary>Names of tests to place.</summary>
    public required IReadOnlyList<ProposedTest> Tests { get; init; }

    /// <summary>All of it as choices, to confirm as they are or changed.</summary>
    public required MappingChoices Choices { get; init; }

    /// <summary>What must still be said before it can be confirmed; null when nothing.</summary>
    public Refusal? Missing => MappingCheck.Refused(Choices);

    internal Func<int, IReadOnlyList<IReadOnlyList<string>>> Cells { get; init; } = _ => [];

    /// <summary>The cells of the first rows, for the school's own screen alone: these are values of pupils. They are read anew and not kept.</summary>
    /// <param name="rows">How many rows.</param>
    public IReadOnlyList<IReadOnlyList<string>> Samples(int rows) => Cells(rows);
}

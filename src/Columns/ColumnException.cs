using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Groeilijn.Columns;

/// <summary>What kind of thing went wrong. Library: the shared library is absent. Unsupported: a column's type cannot be read; cast it in the query.</summary>
public enum ColumnFault { Other, Parser, Catalog, Conversion, Constraint, Interrupt, OutOfMemory, Permission, Library, Unsupported }

/// <summary>
/// A statement that failed. The library's own text often repeats the value at fault, and a value may be a child's; so only the kind
/// is told, with the text where it can speak of names, files and the statement alone, without its literals.
/// </summary>
public sealed partial class ColumnException : Exception
{
    public ColumnFault Fault { get; }

    internal ColumnException(ColumnFault fault, string message) : base(message) => Fault = fault;

    internal static ColumnException From(nint text) => From(Marshal.PtrToStringUTF8(text) ?? "");

    /// <summary>The appender's errors have a number in the place of the leading words (duckdb_error_type).</summary>
    internal static ColumnException From(ErrorHandle error)
    {
        using (error)
        {
            string kind = Native.ErrorType(error) switch
            {
                2 => "Conversion Error",
                13 => "Catalog Error",
                18 => "Constraint Error",
                28 => "IO Error",
                29 => "INTERRUPT Error",
                32 => "Invalid Input Error",
                33 => "Out of Memory Error",
                34 => "Permission Error",
                int type => $"Error {type}",
            };
            return From($"{kind}: {Marshal.PtrToStringUTF8(Native.ErrorMessage(error))}");
        }
    }

    internal static ColumnException From(string text)
    {
        ColumnFault fault = FaultOf(text);
        string kind = Kind().Match(text) is { Success: true } match ? match.Value : "Error";
        return new(fault, fault switch
        {
            ColumnFault.Parser or ColumnFault.Catalog => WithoutLiterals(text),
            ColumnFault.Conversion => $"{kind}: a value does not fit the type it must have",
            ColumnFault.Constraint => $"{kind}: a row breaks {Constraint(text)}",
            ColumnFault.Interrupt => "the statement was interrupted",
            ColumnFault.OutOfMemory => "the statement needs more memory than it may have",
            ColumnFault.Permission => $"{kind}: this database does not permit the statement",
            _ when kind is "IO Error" => WithoutLiterals(text),
            _ => $"{kind}: the library's text is withheld because it may repeat a value",
        });
    }

    static ColumnFault FaultOf(string text) => Kind().Match(text).Value switch
    {
        "Parser Error" or "Syntax Error" => ColumnFault.Parser,
        _ when text.Contains("configuration has been locked") || text.Contains("attached in read-only mode") || text.Contains("in read-only mode!") => ColumnFault.Permission,
        "Catalog Error" or "Binder Error" => ColumnFault.Catalog,
        "Conversion Error" or "Out of Range Error" or "Mismatch Type Error" => ColumnFault.Conversion,
        "Constraint Error" => ColumnFault.Constraint,
        "INTERRUPT Error" => ColumnFault.Interrupt,
        "Out of Memory Error" => ColumnFault.OutOfMemory,
        "Permission Error" => ColumnFault.Permission,
        _ => ColumnFault.Other,
    };

    static string Constraint(string text) =>
        text.Contains("NOT NULL constraint") ? "a NOT NULL constraint" :
        text.Contains("primary key", StringComparison.OrdinalIgnoreCase) || text.Contains("unique", StringComparison.OrdinalIgnoreCase) ? "a primary key or unique constraint" :
        text.Contains("CHECK constraint") ? "a CHECK constraint" :
        text.Contains("foreign key", StringComparison.OrdinalIgnoreCase) ? "a foreign key" : "a constraint of its table";

    internal static string WithoutLiterals(string text) => Literal().Replace(text.Split('\n')[0], "…");

    [GeneratedRegex("^[A-Za-z ]+ Error(?=:)")] private static partial Regex Kind();
    [GeneratedRegex(@"'[^']*'?|\d{5,}")] private static partial Regex Literal();
}

using System.Text.RegularExpressions;
using Groeilijn.Columns;
using Groeilijn.Storage;

namespace Groeilijn.Research;

/// <summary>
/// The one piece of SQL that a researcher writes. Checked twice, in two ways that share nothing: word by word against the
/// few words that such an expression needs, and by the database's own parser, which must find one SELECT from the results with no
/// function but the allowed. What both let through compares columns with values, and can do nothing else.
/// </summary>
static partial class WhereExpression
{
    const int Longest = 2000;

    static readonly HashSet<string> s_columns = new([.. AggregateRequest.Dimensions, "score_tenths"], StringComparer.OrdinalIgnoreCase);
    static readonly HashSet<string> s_words = new(["and", "or", "not", "in", "between", "is", "null", "true", "false", "abs", "floor", "round"], StringComparer.OrdinalIgnoreCase);
    static readonly HashSet<string> s_functions = new(["+", "-", "*", "%", "abs", "floor", "round"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Why the expression is refused, or which columns it fixes to one value.</summary>
    public static (Refusal? Refusal, IReadOnlySet<string> Fixed) Check(ColumnDatabase data, string? where)
    {
        HashSet<string> none = [];
        if (where is null) return (null, none);
        if (where.Length > Longest) return (Refused($"The where expression is longer than {Longest} characters."), none);
        if (Tokens(where) is not { } tokens) return (Refused("The where expression holds a character that has no place in it."), none);
        foreach (var token in tokens.Where(t => char.IsAsciiLetter(t[0]) || t[0] == '_'))
        {
            if (AggregateRequest.RowLevel.Contains(token, StringComparer.OrdinalIgnoreCase)) return (new("row-level", "A where expression cannot choose pupils or schools.", Remedy), none);
            if (!s_columns.Contains(token) && !s_words.Contains(token)) return (Refused("The where expression holds a word that is neither a column nor one of the allowed words."), none);
        }
        if (!Balanced(tokens)) return (Refused("The parentheses of the where expression do not match."), none);
        var check = SelectCheck.Parse(data, $"SELECT 1 FROM results WHERE ({where}\n)");
        if (check.Refusal is { } reason) return (Refused($"The where expression is not accepted: {reason}."), none);
        if (!check.Tables.SetEquals(["results"]) || !check.Functions.All(s_functions.Contains)) return (Refused("The where expression uses a table or a function that is not allowed."), none);
        return (null, Fixed(tokens));
    }

    static string Remedy => $"Compare {string.Join(", ", s_columns.Order(StringComparer.Ordinal))} with values, joined by AND, OR, NOT, IN, BETWEEN, IS NULL; for example: pupil_year_group IN (5, 6) AND scale = 'lvs-3'.";

    static Refusal Refused(string what) => new("where-refused", what, Remedy);

    /// <summary>Texts, numbers, words and signs; null when anything else is in it: comments, semicolons, quoted names, brackets, casts.</summary>
    static List<string>? Tokens(string where)
    {
        List<string> tokens = [];
        for (var at = 0; at < where.Length;)
        {
            var match = Token().Match(where, at);
            if (!match.Success) return null;
            if (match.Groups["token"] is { Success: true, Value: var token }) tokens.Add(token);
            at += match.Length;
        }
        return tokens;
    }

    static bool Balanced(List<string> tokens)
    {
        var depth = 0;
        foreach (var token in tokens)
        {
            depth += token switch { "(" => 1, ")" => -1, _ => 0 };
            if (depth < 0) return false;
        }
        return depth == 0;
    }

    /// <summary>The columns that stand as <c>column = 'value'</c> in a row of AND. Anything more clever counts as not fixed.</summary>
    static HashSet<string> Fixed(List<string> tokens)
    {
        HashSet<string> columns = new(StringComparer.OrdinalIgnoreCase);
        if (tokens.Any(t => Is(t, "or") || Is(t, "not") || Is(t, "between"))) return columns;
        List<List<string>> parts = [[]];
        var depth = 0;
        foreach (var token in tokens)
        {
            depth += token switch { "(" => 1, ")" => -1, _ => 0 };
            if (depth == 0 && Is(token, "and")) parts.Add([]);
            else parts[^1].Add(token);
        }
        foreach (var part in parts)
            if (part is [var column, "=", ['\'', ..]] && s_columns.Contains(column)) columns.Add(column);
        return columns;
    }

    static bool Is(string token, string word) => token.Equals(word, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\G(?:[ \t\r\n]+|(?<token>'(?>(?:[^'\0]|'')*)'|[0-9]+(?![A-Za-z_.])|[A-Za-z_][A-Za-z0-9_]*|<=|>=|<>|!=|[=<>+*%(),]|-(?!-)))")]
    private static partial Regex Token();
}

using System.Text;

namespace Groeilijn.Office;

/// <summary>A table of states as a Mermaid state diagram, for the documentation.</summary>
static class StateDiagram
{
    /// <summary>Draws a table: it begins where the first transition begins, and ends where none leads on.</summary>
    public static string Of<T>(IReadOnlyList<(T From, T To, string What)> transitions) where T : struct, Enum
    {
        var diagram = new StringBuilder("stateDiagram-v2\n").Append("    [*] --> ").Append(transitions[0].From).Append('\n');
        foreach (var (from, to, what) in transitions) diagram.Append("    ").Append(from).Append(" --> ").Append(to).Append(" : ").Append(what).Append('\n');
        foreach (var end in transitions.Select(t => t.To).Distinct().Where(to => transitions.All(t => !t.From.Equals(to)))) diagram.Append("    ").Append(end).Append(" --> [*]\n");
        return diagram.ToString();
    }
}

using System.Globalization;

namespace Groeilijn.Statistics.Growth;

/// <summary>Reads the notation of <see cref="ModelFormula"/> by recursive descent: sums of products of variables outside brackets, arithmetic inside functions.</summary>
sealed class FormulaReader
{
    const int DeepestBrackets = 50;
    static readonly string[] s_functions = ["I", "log", "log2", "log10", "log1p", "sqrt", "exp", "expm1", "abs", "sin", "cos"];

    /// <summary>What R knows and is not computed here, with what to write in its place.</summary>
    static readonly Dictionary<string, string> s_elsewhere = new(StringComparer.Ordinal)
    {
        ["poly"] = "write x + I(x^2): the same model with other coefficients",
        ["offset"] = "take it off the response: I(y - x) ~ …",
        ["scale"] = "standardise the column beforehand, or take it as it is: only the units of its coefficient differ",
        ["bs"] = "make the columns of the spline beforehand",
        ["ns"] = "make the columns of the spline beforehand",
        ["relevel"] = "rename the levels beforehand so that the reference comes first in the alphabet",
        ["interaction"] = "write a:b",
        ["us"] = "write (1 + x | g)",
        ["diag"] = "write (1 + x || g)",
        ["cs"] = "write (1 + x | g) or (1 | g): these two kinds of covariance there are",
        ["ar1"] = "write (1 + x | g) or (1 | g): these two kinds of covariance there are",
    };

    readonly List<string> _tokens;
    int _at, _depth;

    internal FormulaReader(string text) => _tokens = Tokens(text);

    /// <summary>Why a text is no formula; leaves this class as a refusal only.</summary>
    internal sealed class Fault(string message, string? remedy = null) : Exception(message)
    {
        internal string Remedy { get; } = remedy ?? "write it as R's lme4 does, such as y ~ 1 + x + (1 + x | g)";
    }

    internal ModelFormula Formula()
    {
        var response = Arithmetic();
        Expect("~", "after the response");
        var (terms, random) = (new TermSet { Intercept = true }, new List<RandomTerm>());
        Sum(terms, random, nested: false);
        if (_at < _tokens.Count) throw new Fault($"the formula is not understood from `{_tokens[_at]}` on");
        return new ModelFormula(response, terms.Sorted(), random);
    }

    /// <summary>Terms while they are gathered: an interaction counts once, whatever its order.</summary>
    sealed class TermSet
    {
        public bool Intercept { get; set; }
        public List<IReadOnlyList<ModelExpression>> Terms { get; } = [];

        public void Add(IReadOnlyList<ModelExpression> term)
        {
            if (!Terms.Exists(t => Same(t, term))) Terms.Add(term);
        }

        public void Remove(IReadOnlyList<ModelExpression> term) => Terms.RemoveAll(t => Same(t, term));

        public ModelTerms Sorted() => new(Intercept, [.. Terms.OrderBy(t => t.Count)]);

        static bool Same(IReadOnlyList<ModelExpression> a, IReadOnlyList<ModelExpression> b) => a.Select(v => v.Text).ToHashSet(StringComparer.Ordinal).SetEquals(b.Select(v => v.Text));
    }

    void Sum(TermSet terms, List<RandomTerm>? random, bool nested)
    {
        var plus = true;
        if (Take("-")) plus = false;
        else Take("+");
        while (true)
        {
            if (random is not null && Peek("(") && IsRandom()) random.AddRange(Random(plus));
            else if (Take("0")) terms.Intercept = !plus;
            else if (Take("1")) terms.Intercept = plus;
            else foreach (var term in Product())
                if (plus) terms.Add(term);
                else terms.Remove(term);
            if (Take("+")) plus = true;
            else if (Take("-")) plus = false;
            else return;
            if (nested && (Peek(")") || Peek("|"))) throw new Fault("a sign ends without a term");
        }
    }

    /// <summary>a*b is a + b + a:b; a/b is a + a:b; (…)^n all interactions up to n.</summary>
    List<IReadOnlyList<ModelExpression>> Product()
    {
        var left = Interaction();
        while (Peek("*") || Peek("/"))
        {
            var crossed = Take("*");
            if (!crossed) _at++;
            var right = Interaction();
            var whole = left.SelectMany(t => t).DistinctBy(v => v.Text).ToArray();
            left = crossed ? [.. left, .. right, .. left.SelectMany(a => right.Select(b => Join(a, b)))] : [.. left, .. right.Select(b => Join(whole, b))];
        }
        return left;
    }

    List<IReadOnlyList<ModelExpression>> Interaction()
    {
        var left = Power();
        while (Take(":"))
        {
            var right = Power();
            left = [.. left.SelectMany(a => right.Select(b => Join(a, b)))];
        }
        return left;
    }

    List<IReadOnlyList<ModelExpression>> Power()
    {
        if (!Peek("("))
        {
            var variable = Variable();
            return Peek("^") ? throw new Fault($"`{variable.Text}^` outside I() is a power of terms, and no square", $"write I({variable.Text}^2)") : [[variable]];
        }
        var inside = Bracket(() =>
        {
            var terms = new TermSet();
            Sum(terms, null, nested: true);
            return terms.Terms;
        });
        if (!Take("^")) return inside;
        if (_at >= _tokens.Count || !int.TryParse(_tokens[_at++], NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n is < 1 or > 9) throw new Fault("after ^ a whole number from 1 to 9 is expected");
        var all = new TermSet();
        List<IReadOnlyList<ModelExpression>> power = inside;
        foreach (var term in power) all.Add(term);
        for (var k = 1; k < n; k++)
        {
            power = [.. power.SelectMany(a => inside.Select(b => Join(a, b)))];
            foreach (var term in power) all.Add(term);
        }
        return all.Terms;
    }

    static IReadOnlyList<ModelExpression> Join(IReadOnlyList<ModelExpression> a, IReadOnlyList<ModelExpression> b) => [.. a.Concat(b).DistinctBy(v => v.Text)];

    // ---- random terms ----

    bool IsRandom()
    {
        var depth = 0;
        for (var i = _at; i < _tokens.Count; i++)
        {
            if (_tokens[i] == "(") depth++;
            if (_tokens[i] == ")" && --depth == 0) return false;
            if (_tokens[i] is "|" or "||" && depth == 1) return true;
        }
        throw new Fault("a bracket is not closed");
    }

    List<RandomTerm> Random(bool plus)
    {
        if (!plus) throw new Fault("a random term cannot be subtracted");
        Expect("(", "before a random term");
        var terms = new TermSet { Intercept = true };
        Sum(terms, null, nested: true);
        var separate = Take("||");
        if (!separate) Expect("|", "in a random term");
        var groups = Groups();
        Expect(")", "after a random term");
        var sorted = terms.Sorted();
        if (!sorted.Intercept && sorted.Terms.Count == 0) throw new Fault("a random term has nothing that varies");
        var parts = separate ? Apart(sorted) : [sorted];
        return [.. groups.SelectMany(g => parts.Select(p => new RandomTerm(p, g)))];
    }

    static List<ModelTerms> Apart(ModelTerms terms)
    {
        var parts = terms.Terms.Select(t => new ModelTerms(false, [t])).ToList();
        if (terms.Intercept) parts.Insert(0, new ModelTerms(true, []));
        return parts;
    }

    /// <summary>g/h is h:g and g, the finer first as lme4 has it.</summary>
    List<IReadOnlyList<ModelExpression>> Groups()
    {
        List<IReadOnlyList<ModelExpression>> groups = [Group()];
        while (Take("/"))
        {
            var finer = Group();
            groups.Insert(0, [.. finer, .. groups[0]]);
        }
        return groups;
    }

    List<ModelExpression> Group()
    {
        if (Peek("(")) return Bracket(Group);
        var group = new List<ModelExpression> { Variable() };
        while (Take(":")) group.Add(Variable());
        return group;
    }

    // ---- variables and arithmetic ----

    ModelExpression Variable()
    {
        var name = Next("a variable");
        if (Peek("("))
        {
            if (name is "factor" or "as.factor")
            {
                var inside = Bracket(Arithmetic);
                return new ModelExpression($"{name}({inside.Text})", ModelExpression.Factor, [inside]);
            }
            if (s_elsewhere.TryGetValue(name, out var instead)) throw new Fault($"`{name}()` is not computed here", instead);
            if (!s_functions.Contains(name)) throw new Fault($"the function `{name}` is not known here; known are factor, {string.Join(", ", s_functions)}");
            var argument = Bracket(Arithmetic);
            return new ModelExpression($"{name}({argument.Text})", name, [argument]);
        }
        if (name == ".") throw new Fault("`.` for all other columns is not known here", "name each column");
        if (!IsName(name)) throw new Fault($"a variable is expected where `{name}` stands");
        return new ModelExpression(name, ModelExpression.Column, []);
    }

    ModelExpression Arithmetic()
    {
        var left = Times();
        while (Peek("+") || Peek("-")) left = Binary(left, _tokens[_at++], Times());
        return left;
    }

    ModelExpression Times()
    {
        var left = Raised();
        while (Peek("*") || Peek("/")) left = Binary(left, _tokens[_at++], Raised());
        return left;
    }

    ModelExpression Raised()
    {
        if (Take("-"))
        {
            var of = Raised();
            return new ModelExpression("-" + of.Text, "minus", [of]);
        }
        var left = Atom();
        return Take("^") ? Binary(left, "^", Raised()) : left;
    }

    ModelExpression Atom()
    {
        if (Peek("("))
        {
            var inside = Bracket(Arithmetic);
            return new ModelExpression($"({inside.Text})", "()", [inside]);
        }
        if (_at < _tokens.Count && double.TryParse(_tokens[_at], NumberStyles.Float, CultureInfo.InvariantCulture, out _)) return new ModelExpression(_tokens[_at++], ModelExpression.Number, []);
        return Variable();
    }

    static ModelExpression Binary(ModelExpression a, string operation, ModelExpression b) => new(operation is "^" or "/" ? $"{a.Text}{operation}{b.Text}" : $"{a.Text} {operation} {b.Text}", operation, [a, b]);

    // ---- tokens ----

    T Bracket<T>(Func<T> inside)
    {
        if (++_depth > DeepestBrackets) throw new Fault("brackets go too deep");
        Expect("(", "here");
        var value = inside();
        Expect(")", "to close a bracket");
        _depth--;
        return value;
    }

    bool Peek(string token) => _at < _tokens.Count && _tokens[_at] == token;

    bool Take(string token)
    {
        if (!Peek(token)) return false;
        _at++;
        return true;
    }

    void Expect(string token, string where)
    {
        if (!Take(token)) throw new Fault($"`{token}` is expected {where}");
    }

    string Next(string what) => _at < _tokens.Count ? _tokens[_at++] : throw new Fault($"the formula ends where {what} is expected");

    static bool IsName(string token) => token[0] == '`' || char.IsLetter(token[0]) || token[0] is '.' or '_';

    static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i])) { i++; continue; }
            var end = End(text, i);
            tokens.Add(text[i..end]);
            i = end;
        }
        return tokens;
    }

    static int End(string text, int from)
    {
        var c = text[from];
        if (c == '`') return text.IndexOf('`', from + 1) is > 0 and var closing ? closing + 1 : throw new Fault("a backquote is not closed");
        if (c == '|') return from + 1 < text.Length && text[from + 1] == '|' ? from + 2 : from + 1;
        if (char.IsLetter(c) || c is '_' || (c == '.' && from + 1 < text.Length && !char.IsDigit(text[from + 1]))) return While(text, from, x => char.IsLetterOrDigit(x) || x is '.' or '_');
        if (char.IsDigit(c) || c == '.') return Exponent(text, While(text, from, x => char.IsDigit(x) || x == '.'));
        if (c == '%') throw new Fault("`%…%` is not known here", "write nesting as a/b or a:b");
        if ("<>=!&".Contains(c, StringComparison.Ordinal)) throw new Fault("comparisons are not computed here", "make a column of 0 and 1 beforehand");
        return "~+-*/^:(),".Contains(c, StringComparison.Ordinal) ? from + 1 : throw new Fault("the formula holds a sign that means nothing here; put names with other letters in backquotes");
    }

    static int Exponent(string text, int at)
    {
        if (at >= text.Length || text[at] is not ('e' or 'E')) return at;
        var digits = at + 1 < text.Length && text[at + 1] is '+' or '-' ? at + 2 : at + 1;
        var end = While(text, digits, char.IsDigit);
        return end > digits ? end : at;
    }

    static int While(string text, int from, Func<char, bool> holds)
    {
        while (from < text.Length && holds(text[from])) from++;
        return from;
    }
}

namespace Groeilijn.Statistics.Growth;

/// <summary>A pupil over one step of half a year, with one test or both.</summary>
/// <param name="Step">The step's number, from 0.</param>
/// <param name="StartSchool">Where the first test was taken; −1 when it is missing.</param>
/// <param name="StartTenths">Its score in tenths; 0 when it is missing.</param>
/// <param name="EndSchool">Where the second test was taken; −1 when it is missing.</param>
/// <param name="EndTenths">Its score in tenths; 0 when it is missing.</param>
/// <param name="Background">The number of the pupil's background.</param>
public readonly record struct PupilSpan(int Step, int StartSchool, int StartTenths, int EndSchool, int EndTenths, int Background) : IComparable<PupilSpan>
{
    /// <summary>By content, so that the order says nothing of who it is.</summary>
    public int CompareTo(PupilSpan other) =>
        (EndSchool, StartSchool, Step, Background, EndTenths, StartTenths).CompareTo((other.EndSchool, other.StartSchool, other.Step, other.Background, other.EndTenths, other.StartTenths));
}

/// <summary>
/// What a school adds to growth: y = (score − mean of its moment)/SD of growth ~ moment + background + background·t + (1 | pupil) + (1 | school) + (0 + t | school)
/// + a growth of its own for each school and step, t = 0 at the start and 1 at the end. A school's level and growth do not correlate in the model: with a
/// correlation, where nothing is going on, level alone would tell growth, and far too surely. A score belongs to the school where it was taken, so a mover counts
/// at both; a pupil with one test counts where that is. Units are standard deviations of pupils' growth over that step.
/// </summary>
public sealed class GrowthModel
{
    /// <summary>Fewer schools or growths than this in a step, and it has no model.</summary>
    public const int FewestSchools = 5, FewestGrowths = 30;

    readonly Dictionary<int, LevelEffect> _schools;
    readonly Dictionary<int, int> _place;
    readonly double[] _growthOf;

    GrowthModel(MixedFit fit, IReadOnlyList<int> steps, double[] growthOf)
    {
        (Fit, Steps, _growthOf) = (fit, steps, growthOf);
        _place = steps.Index().ToDictionary(s => s.Item, s => s.Index);
        _schools = fit.Effects("school").ToDictionary(e => int.Parse(e.Level, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>The fit itself.</summary>
    public MixedFit Fit { get; }

    /// <summary>The steps that are in the model.</summary>
    public IReadOnlyList<int> Steps { get; }

    /// <summary>The growth that a background brings with it, in standard deviations, against the first background of every variable.</summary>
    public double GrowthOf(int background) => _growthOf[background];

    /// <summary>A school's effect on the growth of its own pupils: shares of its pupils by step give u + Σ shareₛ·wₛ. Null when the school is not in the model.</summary>
    public Posterior? Effect(int school, IReadOnlyList<(int Step, double Share)> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        if (!_schools.TryGetValue(school, out var effect)) return null;
        var size = effect.Modes.Length;
        var combination = new double[size];
        combination[1] = shares.Sum(s => s.Share);
        if (size > 2) foreach (var (step, share) in shares) combination[2 + _place[step]] += share;
        var variance = Small.Inner(combination, Small.Product(effect.Covariance, combination, size, size, 1));
        return new Posterior(Small.Inner(combination, effect.Modes), Math.Sqrt(Math.Max(0, variance)));
    }

    /// <summary>Fits.</summary>
    /// <param name="spans">The pupils, in any order: the same set gives the same bits.</param>
    /// <param name="deviations">Of each step the standard deviation of growth in points; a step that is not there is left out.</param>
    /// <param name="backgrounds">Of each background the values of its columns (0 or 1); missing values are columns of their own.</param>
    public static Fitted<GrowthModel> Of(IEnumerable<PupilSpan> spans, IReadOnlyDictionary<int, double> deviations, IReadOnlyList<double[]> backgrounds)
    {
        ArgumentNullException.ThrowIfNull(deviations);
        ArgumentNullException.ThrowIfNull(backgrounds);
        PupilSpan[] sorted = [.. spans.Where(s => deviations.ContainsKey(s.Step))];
        Array.Sort(sorted);
        int[] steps = [.. deviations.Keys.Order()];
        var rows = new Rows(sorted, steps, deviations, backgrounds);
        if (steps.Length == 0 || rows.Schools < FewestSchools) return new FitRefusal(FitRefusalCode.TooFewRows, "too few schools have growth over these steps", "take schools or editions together");
        var fit = Search(rows);
        if (!fit.Ok) return fit.Refusal!;
        var slopes = fit.Value.Fixed.ToDictionary(f => f.Name, f => f.Estimate, StringComparer.Ordinal);
        double[] growth = [.. backgrounds.Select(columns => columns.Select((value, k) => value == 0 ? 0 : value * slopes.GetValueOrDefault(Rows.Growing(k))).Sum())];
        return new GrowthModel(fit.Value, steps, growth);
    }

    /// <summary>Where several variances are zero together the search can stall: then without growths of steps.</summary>
    static Fitted<MixedFit> Search(Rows rows)
    {
        var table = rows.Table();
        foreach (var formula in rows.Formulas)
        {
            var fit = MixedModel.Fit(formula, table);
            if (!fit.Ok || fit.Value.Converged) return fit;
        }
        return new FitRefusal(FitRefusalCode.Numerical, "the search did not end at a minimum", "leave out a variable of background");
    }

    /// <summary>The pupils as the rows of the mixed model.</summary>
    sealed class Rows
    {
        readonly double[] _y, _pupil, _school, _t;
        readonly int[] _cell, _background;
        readonly int[] _steps;
        readonly IReadOnlyList<double[]> _backgrounds;

        internal Rows(PupilSpan[] spans, int[] steps, IReadOnlyDictionary<int, double> deviations, IReadOnlyList<double[]> backgrounds)
        {
            (_steps, _backgrounds) = (steps, backgrounds);
            var means = new Tally[steps.Length * 2];
            var place = steps.Index().ToDictionary(s => s.Item, s => s.Index);
            foreach (var s in spans)
            {
                var cell = 2 * place[s.Step];
                if (s.StartSchool >= 0) means[cell] = means[cell].With(s.StartTenths);
                if (s.EndSchool >= 0) means[cell + 1] = means[cell + 1].With(s.EndTenths);
            }
            var (rows, row) = (spans.Sum(s => (s.StartSchool >= 0 ? 1 : 0) + (s.EndSchool >= 0 ? 1 : 0)), 0);
            (_y, _pupil, _school, _t, _cell, _background) = (new double[rows], new double[rows], new double[rows], new double[rows], new int[rows], new int[rows]);
            for (var i = 0; i < spans.Length; i++)
            {
                var s = spans[i];
                var cell = 2 * place[s.Step];
                if (s.StartSchool >= 0) Set(row++, i, s.StartSchool, 0, cell, (s.StartTenths / 10.0 - means[cell].Mean) / deviations[s.Step], s.Background);
                if (s.EndSchool >= 0) Set(row++, i, s.EndSchool, 1, cell + 1, (s.EndTenths / 10.0 - means[cell + 1].Mean) / deviations[s.Step], s.Background);
            }
            Schools = _school.Distinct().Count();
        }

        internal int Schools { get; }

        int Columns => _backgrounds.Count == 0 ? 0 : _backgrounds[0].Length;

        internal static string Growing(int column) => FormattableString.Invariant($"g{column}");

        /// <summary>The model, and a simpler one.</summary>
        internal IEnumerable<string> Formulas
        {
            get
            {
                var simple = "y ~ cell" + string.Concat(Enumerable.Range(0, Columns).Select(k => FormattableString.Invariant($" + b{k} + g{k}"))) + " + (1 | pupil) + (1 | school) + (0 + t | school)";
                if (_steps.Length > 1) yield return simple + string.Concat(_steps.Select((_, i) => FormattableString.Invariant($" + (0 + w{i} | school)")));
                yield return simple;
            }
        }

        void Set(int row, int pupil, int school, int t, int cell, double y, int background) =>
            (_pupil[row], _school[row], _t[row], _cell[row], _y[row], _background[row]) = (pupil, school, t, cell, y, background);

        internal DataTable Table()
        {
            List<DataColumn> columns = [DataColumn.OfNumbers("y", _y), DataColumn.OfNumbers("pupil", _pupil), DataColumn.OfNumbers("school", _school), DataColumn.OfNumbers("t", _t),
                DataColumn.OfCodes("cell", _cell, [.. Enumerable.Range(0, _steps.Length * 2).Select(c => FormattableString.Invariant($"c{c:D2}"))])];
            for (var s = 0; s < _steps.Length; s++) columns.Add(Numbers(FormattableString.Invariant($"w{s}"), i => _cell[i] == 2 * s + 1 ? 1 : 0));
            for (var k = 0; k < Columns; k++)
            {
                columns.Add(Numbers(FormattableString.Invariant($"b{k}"), i => _backgrounds[_background[i]][k]));
                columns.Add(Numbers(Growing(k), i => _backgrounds[_background[i]][k] * _t[i]));
            }
            return new DataTable(columns);
        }

        DataColumn Numbers(string name, Func<int, double> value)
        {
            var made = new double[_y.Length];
            for (var i = 0; i < made.Length; i++) made[i] = value(i);
            return DataColumn.OfNumbers(name, made);
        }
    }
}

namespace Groeilijn.Statistics.Growth;

/// <summary>
/// The effects of single levels at a point: b̂ = W(A − e)γ for a level of the eliminated factor and ΛFγ for another, γ = (−β, 1), with their
/// prediction covariances σ²(ΛM⁻¹Λᵀ + ΛFΩFᵀΛᵀ), in the data's own units.
/// </summary>
sealed class LevelEffects
{
    readonly PreparedModel _model;
    readonly Scoring.Step _at;
    readonly CrossProducts _x;
    readonly Likelihood.Point _point;
    readonly double[] _gamma, _covariance;
    readonly int _c, _t;

    internal LevelEffects(PreparedModel model, Scoring.Step at)
    {
        (_model, _x) = (model, model.Products);
        _at = at;
        model.Likelihood.Return(at.Point); // W is kept of the last point alone
        _point = _at.Point;
        (_c, _t) = (_x.Columns, _x.T);
        _gamma = Small.Of(_c, i => i < _c - 1 ? -_point.Beta[i] : 1);
        _covariance = _x.Pattern.Nodes > 0 ? model.Likelihood.Covariance(_point) : [];
    }

    internal IEnumerable<LevelEffect> Of(int factor)
    {
        var group = _x.Groups[factor];
        var size = group.Columns.Count;
        var units = Small.Of(size, i => _model.Design.Response.Scale / group.Columns[i].Scale);
        var node = _x.FirstNode(factor);
        for (var level = 0; level < group.Levels.Count; level++)
        {
            var (f, conditional) = factor == 0 ? Eliminated(level) : Node(node + level, size);
            var modes = Small.Product(f, _gamma, size, _c, 1);
            var full = (double[])conditional.Clone();
            var p = _c - 1;
            var x = Small.Of(size * p, i => f[i / p * _c + i % p]);
            Small.MultiplyTransposedAdd(Small.Product(x, _point.Omega, size, p, p), x, full, size, p, size);
            yield return new LevelEffect(group.Levels.LevelName(level), Small.Of(size, i => modes[i] * units[i]), InUnits(full, units), InUnits(conditional, units));
        }
    }

    double[] InUnits(double[] covariance, double[] units)
    {
        var n = units.Length;
        return Small.Of(covariance.Length, i => covariance[i] * _at.SigmaSquared * units[i / n] * units[i % n]);
    }

    /// <summary>ΛF and ΛM⁻¹Λᵀ of a level that was eliminated.</summary>
    (double[] F, double[] Covariance) Eliminated(int level)
    {
        var cell = _x.Cells[_x.CellOf[level]];
        var w = _model.Likelihood.OfPattern(cell.Pattern);
        var a = _x.OfLevel.AsSpan(level * _t * _c, _t * _c).ToArray();
        for (var r = 0; r < cell.Nodes.Length; r++)
        {
            var node = cell.Nodes[r];
            Small.MultiplyAdd(cell.Blocks[r], Effect(node), a, _t, _x.Pattern.Size[node], _c, -1);
        }
        var covariance = (double[])w.Clone();
        var y = _model.Likelihood.Through(cell, _covariance);
        Small.MultiplyAdd(Small.Product(w, y, _t, _t, _t), w, covariance, _t, _t, _t);
        return (Small.Product(w, a, _t, _t, _c), covariance);
    }

    /// <summary>ΛF of a node.</summary>
    double[] Effect(int node)
    {
        var size = _x.Pattern.Size[node];
        return Small.Product(_point.Lambda[_x.FactorOf[node]], _point.Solved.AsSpan(_x.Pattern.Start[node] * _c), size, size, _c);
    }

    (double[] F, double[] Covariance) Node(int node, int size) => (Effect(node), _covariance.AsSpan(_x.Pattern.Diagonal[node], size * size).ToArray());

    /// <summary>Xβ + Zb for every row.</summary>
    internal double[] FittedValues()
    {
        var modes = _x.Groups.Select((g, k) => Modes(k)).ToArray();
        var made = new double[_model.Design.Rows];
        var rows = new int[1024];
        var values = new double[1024];
        for (var from = 0; from < made.Length; from += rows.Length)
        {
            var n = Math.Min(rows.Length, made.Length - from);
            for (var i = 0; i < n; i++) rows[i] = from + i;
            var into = made.AsSpan(from, n);
            for (var j = 0; j < _c - 1; j++)
            {
                _model.Columns[j].Fill(rows.AsSpan(0, n), values);
                for (var i = 0; i < n; i++) into[i] += _point.Beta[j] * values[i];
            }
            for (var k = 0; k < modes.Length; k++)
                for (var r = 0; r < _x.Groups[k].Columns.Count; r++)
                {
                    _x.Groups[k].Columns[r].Fill(rows.AsSpan(0, n), values);
                    for (var i = 0; i < n; i++) into[i] += values[i] * modes[k][_x.Groups[k].Levels.Codes[rows[i]] * _x.Groups[k].Columns.Count + r];
                }
            for (var i = 0; i < n; i++) into[i] = into[i] * _model.Design.Response.Scale + _model.Design.Response.Centre;
        }
        return made;
    }

    /// <summary>The modes of all levels in the scaled units.</summary>
    double[] Modes(int factor)
    {
        var size = _x.Groups[factor].Columns.Count;
        var node = _x.FirstNode(factor);
        return [.. Enumerable.Range(0, _x.Groups[factor].Levels.Count).SelectMany(l => Small.Product(factor == 0 ? Eliminated(l).F : Effect(node + l), _gamma, size, _c, 1))];
    }
}

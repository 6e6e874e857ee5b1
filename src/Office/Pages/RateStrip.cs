using System.Globalization;
using Groeilijn.Web;
using Microsoft.AspNetCore.Html;

namespace Groeilijn.Office.Pages;

/// <summary>A strip from half to all of the pupils linked: a line for the national share, a dot for the school. What is below half stands at the left end.</summary>
static class RateStrip
{
    const double From = 0.5, Left = 6, Width = 108;

    public static HtmlString Of(double school, double national, string words) => new(string.Create(CultureInfo.InvariantCulture,
        $"<svg class=\"strip\" viewBox=\"0 0 120 18\" width=\"120\" height=\"18\" role=\"img\" aria-label=\"{Html.Encode(words)}\"><line x1=\"{Left}\" y1=\"9\" x2=\"{Left + Width}\" y2=\"9\" stroke=\"currentColor\" stroke-opacity=\".35\" stroke-width=\"2\"/><line x1=\"{X(national):0.#}\" y1=\"2\" x2=\"{X(national):0.#}\" y2=\"16\" stroke=\"currentColor\" stroke-width=\"2\"/><circle cx=\"{X(school):0.#}\" cy=\"9\" r=\"4.5\" fill=\"currentColor\"/></svg>"));

    static double X(double share) => Left + Width * Math.Clamp((share - From) / (1 - From), 0, 1);
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Routing;

namespace Groeilijn.Sites.Host;

/// <summary>Every page stands under <c>/nl</c> and <c>/en</c>, and nowhere else.</summary>
sealed class LanguageConstraint : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values[routeKey] is Speech.Dutch or Speech.English;

    internal static void Prefix(PageRouteModel page)
    {
        foreach (var selector in page.Selectors)
            if (selector.AttributeRouteModel is { Template: var template } route)
                route.Template = AttributeRouteModel.CombineTemplates($"{{{Speech.RouteKey}:language}}", template?.TrimStart('/'));
    }
}

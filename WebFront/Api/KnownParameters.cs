using System.Collections.Frozen;
using System.Reflection;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.AspNetCore.Mvc;

namespace Incidents.WebFront.Api;

/// <summary>Refuses a query parameter that the endpoint does not know, by name: a misspelt filter must not list
/// everything in silence.</summary>
internal static class KnownParameters
{
    private const int MaxShown = 64;

    public static EndpointFilterDelegate Only(EndpointFilterFactoryContext context, EndpointFilterDelegate next)
    {
        var known = context.MethodInfo.GetParameters()
            .SelectMany(static parameter => parameter.IsDefined(typeof(AsParametersAttribute))
                ? parameter.ParameterType.GetProperties().Select(static property => property.GetCustomAttribute<FromQueryAttribute>())
                : [parameter.GetCustomAttribute<FromQueryAttribute>()])
            .OfType<FromQueryAttribute>().Select(static query => query.Name!)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        return async call =>
        {
            foreach (var name in call.HttpContext.Request.Query.Keys)
            {
                if (!known.Contains(name))
                {
                    var shown = CleanText.Cut(CleanText.Strip(name), MaxShown);
                    return Problems.BadParameter(shown, known.Count == 0
                        ? $"There is no query parameter here, so '{shown}' means nothing."
                        : $"There is no query parameter '{shown}'; there are {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
                }
            }

            return await next(call);
        };
    }
}

using System.Collections.Immutable;
using Incidents.WebFront.Api;
using Microsoft.AspNetCore.WebUtilities;

namespace Incidents.WebFront.Pages;

/// <summary>The address of a list of incidents: the filters that are set, under the API's names. What is empty is not
/// set, since a form sends its empty fields too.</summary>
public sealed record ListAddress
{
    /// <summary>Those that take several values.</summary>
    private static readonly string[] Lists = ["status", "severity", "cluster", "namespace", "service", "rule"];

    private static readonly string[] Names = [.. Lists, "text", "since", "until", "is_test", "sort", "limit", "cursor"];

    private readonly ImmutableArray<ListSetting> _settings;

    private ListAddress(ImmutableArray<ListSetting> settings) => _settings = settings;

    /// <summary>Names that are none of a filter: a misspelt one must not list everything in silence.</summary>
    public ImmutableArray<string> Unknown { get; private init; } = [];

    /// <summary>What narrows the list, which order and page do not.</summary>
    public IEnumerable<ListSetting> Filters => _settings.Where(static one => one.Name is not ("sort" or "limit" or "cursor"));

    /// <summary>Not the first page.</summary>
    public bool IsOlder => Has("cursor");

    /// <summary>From its question mark; empty when nothing is set.</summary>
    public string Query => QueryString.Create(_settings.Select(static one => KeyValuePair.Create(one.Name, (string?)one.Value))).ToString();

    internal IncidentListQuery Asked => new()
    {
        Status = Array("status"),
        Severity = Array("severity"),
        Cluster = Array("cluster"),
        Namespace = Array("namespace"),
        Service = Array("service"),
        Rule = Array("rule"),
        Text = One("text"),
        Since = One("since"),
        Until = One("until"),
        IsTest = One("is_test"),
        Sort = One("sort"),
        Limit = One("limit"),
        Cursor = One("cursor"),
    };

    internal static ListAddress Of(IQueryCollection query, params ReadOnlySpan<string> passedOver)
    {
        var settings = ImmutableArray.CreateBuilder<ListSetting>();
        foreach (var name in Names)
        {
            var values = query[name].OfType<string>();
            settings.AddRange(values
                .SelectMany(value => Lists.Contains(name) ? value.Split(',', StringSplitOptions.TrimEntries) : [value.Trim()])
                .Where(static value => value.Length > 0).Distinct(StringComparer.Ordinal)
                .Select(value => new ListSetting(name, value)));
        }

        var known = new HashSet<string>([.. Names, .. passedOver], StringComparer.OrdinalIgnoreCase);
        return new(settings.ToImmutable()) { Unknown = [.. query.Keys.Where(name => !known.Contains(name))] };
    }

    public bool Has(string name) => _settings.Any(one => one.Name == name);

    public bool Has(string name, string value) => _settings.Contains(new(name, value));

    /// <summary>As a field shows it: several with commas between.</summary>
    public string Shown(string name) => string.Join(", ", Values(name));

    public IEnumerable<string> Values(string name) => _settings.Where(one => one.Name == name).Select(static one => one.Value);

    /// <summary>The first page of the list with this set instead of what there was under the name.</summary>
    public ListAddress With(string name, params ReadOnlySpan<string> values)
    {
        var settings = Without(name)._settings.ToBuilder();
        foreach (var value in values)
        {
            settings.Add(new(name, value));
        }

        return new(settings.ToImmutable());
    }

    /// <inheritdoc cref="With"/>
    public ListAddress Without(string name) => new(_settings.RemoveAll(one => one.Name == name || one.Name == "cursor"));

    /// <inheritdoc cref="With"/>
    public ListAddress Without(ListSetting setting) => new(_settings.RemoveAll(one => one == setting || one.Name == "cursor"));

    public override string ToString() => "/" + Query;

    internal string And(IEnumerable<KeyValuePair<string, string?>> more) => QueryHelpers.AddQueryString(ToString(), more);

    private string? One(string name) => Values(name).FirstOrDefault();

    private string[]? Array(string name) => Has(name) ? [.. Values(name)] : null;
}

/// <summary>One value of one parameter.</summary>
public readonly record struct ListSetting(string Name, string Value);

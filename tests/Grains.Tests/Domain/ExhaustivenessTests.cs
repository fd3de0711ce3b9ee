using System.Reflection;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Tests.RepoShape;
using Xunit;
using static Incidents.TestKit.Alerts;

namespace Incidents.Grains.Tests.Domain;

/// <summary>What the compiler does not check: a new fact or name is known everywhere.</summary>
public sealed class ExhaustivenessTests
{
    private static readonly Sighting Seen = Sighting.Of(Batch(Noon), Firing(), true, new EpisodeOptions().Severities);

    private static readonly Episode Begun = Evolution.Begin(Sample<Fact.Opened>(), TestKit.Alerts.Parts, "title", "summary");

    public static TheoryData<string> Cases => new(typeof(Fact).GetNestedTypes(BindingFlags.NonPublic)
        .Where(static type => type.IsSubclassOf(typeof(Fact))).Select(static type => type.Name));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_fact_changes_an_incident_and_has_its_row(string name)
    {
        var fact = (Fact)Sample(typeof(Fact).GetNestedType(name, BindingFlags.NonPublic)!);

        var after = fact is Fact.Opened ? Begun : Begun.Apply(fact);

        if (fact is Fact.AlertStored)
        {
            Assert.Equal(1, after.AlertsReceived);
        }
        else
        {
            Assert.Equal((after.EventSeq, after.Revision), TimelineEntry.Of(fact, after) is var row ? (row.Seq, row.Revision) : default);
            Assert.Equal(fact is Fact.Opened ? 1 : 2, after.EventSeq);
        }
    }

    [Fact]
    public void Every_name_that_is_stored_can_be_read_back()
    {
        RoundTrips<AlertReason>();
        RoundTrips<AlertState>();
        RoundTrips<Incompleteness>();
        RoundTrips<IncidentStatus>();
        RoundTrips<Resolution>();
        RoundTrips<TimelineKind>();
    }

    [Fact]
    public void Every_name_is_in_its_column_and_no_other()
    {
        var schema = SqlSchema.OfRepo();

        InColumn<AlertReason>(schema, "grafana_alerts", "reason");
        InColumn<AlertState>(schema, "grafana_alerts", "state");
        InColumn<AlertState>(schema, "incident_instances", "state");
        InColumn<IncidentStatus>(schema, "incidents", "status");
        InColumn<IncidentStatus>(schema, "incident_counts", "status");
        InColumn<IncidentStatus>(schema, "incident_count_changes", "status");
        InColumn<Resolution>(schema, "incidents", "resolution");
        InColumn<TimelineKind>(schema, "incident_events", "kind");
    }

    /// <summary><c>incident_events.reason</c> is text of 32 characters: it holds names of three enums.</summary>
    [Fact]
    public void Every_reason_fits_the_timeline() => Assert.All(
        [.. Names<AlertReason>(), .. Names<Resolution>(), .. Names<Incompleteness>()],
        static name => Assert.InRange(name.Length, 1, 32));

    private static void RoundTrips<T>()
        where T : struct, Enum => Assert.All(Enum.GetValues<T>(), static value => Assert.Equal(value, SnakeCase.Read<T>(value.Snake())));

    private static void InColumn<T>(SqlSchema schema, string table, string column)
        where T : struct, Enum => Assert.Equal(Names<T>(), schema.EnumOf(table, column).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(static value => value.Snake()).Order(StringComparer.Ordinal);

    private static T Sample<T>() => (T)Sample(typeof(T));

    private static object Sample(Type type) => type switch
    {
        _ when type == typeof(string) => "sample",
        _ when type == typeof(Sighting) => Seen,
        _ when type == typeof(IncidentId) => IncidentId.Next(IncidentKey.Of(TestKit.Alerts.Parts), null, Noon),
        _ when Nullable.GetUnderlyingType(type) is { } inner => Sample(inner),
        { IsEnum: true } => Enum.GetValues(type).GetValue(0)!,
        { IsValueType: true } => Activator.CreateInstance(type)!,
        _ when type.GetConstructors() is [var constructor] =>
            constructor.Invoke([.. constructor.GetParameters().Select(static parameter => Sample(parameter.ParameterType))]),
        _ => throw new NotSupportedException($"No sample of {type.Name}."),
    };
}

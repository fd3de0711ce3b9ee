using Xunit.v3;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>A test that <c>./chaos.sh NAME</c> repeats; <c>./chaos.sh --list</c> reads name and text from these lines.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ScenarioAttribute(string name, string what) : Attribute, ITraitAttribute
{
    public const string Trait = "scenario";

    /// <summary>What happens, for people.</summary>
    public string What => what;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new(Trait, name)];
}

using System.Reflection;
using Xunit;

namespace Incidents.Grains.Tests.RepoShape;

/// <summary>Orleans' storage provider reads a string key of hex digits as a number: <c>dd</c> and <c>00dd</c> would
/// share one state.</summary>
public sealed class GrainKeyTests
{
    [Fact]
    public void A_grain_with_stored_state_has_a_fixed_key_that_begins_with_a_letter_outside_a_to_f()
    {
        var grains = Assembly.Load("Incidents.Grains").GetTypes().Where(StoresState).ToList();

        Assert.NotEmpty(grains);
        Assert.All(grains, static grain => Assert.True(HasSafeKey(grain), grain.Name));
    }

    [Theory]
    [InlineData("senders", true)]
    [InlineData("dead", false)]
    [InlineData("7-days", false)]
    [InlineData("Feed", false)]
    public void The_rule(string key, bool safe) => Assert.Equal(safe, IsSafe(key));

    private static bool StoresState(Type type) => type.IsSubclassOf(typeof(Grain)) && type.GetConstructors()
        .SelectMany(static constructor => constructor.GetParameters())
        .Any(static parameter => parameter.GetCustomAttributes().Any(static a => a is IFacetMetadata));

    private static bool HasSafeKey(Type grain) => grain.GetInterfaces()
        .Select(static type => type.GetField("Key", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string)
        .Any(static key => key is not null && IsSafe(key));

    private static bool IsSafe(string key) => char.IsAsciiLetter(key[0]) && !char.IsAsciiHexDigit(key[0]);
}

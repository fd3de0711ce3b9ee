using Incidents.Grains.Interfaces;
using Xunit;

namespace Incidents.Grains.Tests.Domain;

public sealed class KeyTests
{
    [Theory]
    [InlineData("r1|prod|default|api|production", "6b7aeda2ac445dc6")]
    [InlineData("HighCPU||||", "46a7969e0ae5dc9b")]
    public void A_key_is_the_start_of_the_hash_of_its_parts(string parts, string key)
    {
        var p = parts.Split('|');

        Assert.Equal(key, IncidentKey.Of(new(p[0], p[1], p[2], p[3], p[4])).Value);
    }

    [Theory]
    [InlineData("INC-20261123120000-6b7aeda2ac445dc6", true)]
    [InlineData("INC-20261323120000-6b7aeda2ac445dc6", false)]
    [InlineData("INC-20261123120000-6B7AEDA2AC445DC6", false)]
    [InlineData("INC-20261123120000-6b7aeda2ac445dc", false)]
    [InlineData("inc-20261123120000-6b7aeda2ac445dc6", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_a_well_formed_id_is_one(string? text, bool sound) =>
        Assert.Equal(sound, IncidentId.TryParse(text, out _));
}

using System.Diagnostics;
using System.Reflection;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>What <c>./chaos.sh</c> says before it starts anything.</summary>
public sealed class ChaosScriptTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IEnumerable<string> Scenarios => typeof(ChaosScriptTests).Assembly.GetTypes()
        .SelectMany(static type => type.GetMethods())
        .SelectMany(static method => method.GetCustomAttributes<ScenarioAttribute>())
        .SelectMany(static scenario => scenario.GetTraits().Select(static trait => trait.Value))
        .Order(StringComparer.Ordinal);

    [Fact]
    public async Task It_lists_every_scenario_that_is_a_test()
    {
        var (code, said, _) = await Run("--list");

        Assert.Equal(0, code);
        Assert.Equal(Scenarios, said.Select(static line => line.Trim().Split(' ')[0]));
    }

    [Theory]
    [InlineData("there is no scenario 'earthquake'; there are:", "earthquake")]
    [InlineData("--times takes a number from 1 to 1000, not '0'", "all", "--times", "0")]
    [InlineData("unknown option '--frobnicate'", "--frobnicate")]
    public async Task What_it_cannot_do_is_named(string message, params string[] options)
    {
        var (code, _, complaint) = await Run(options);

        Assert.Equal(2, code);
        Assert.Equal($"chaos.sh: {message}", complaint[0]);
    }

    private static async Task<(int Code, string[] Said, string[] Complaint)> Run(params string[] options)
    {
        using var script = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "chaos.sh"), options)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (said, complaint) = (script.StandardOutput.ReadToEndAsync(Cancel), script.StandardError.ReadToEndAsync(Cancel));
        await script.WaitForExitAsync(Cancel);
        return (script.ExitCode, Lines(await said), Lines(await complaint));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

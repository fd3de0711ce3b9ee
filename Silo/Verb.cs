using Incidents.Grains.Hosting;

namespace Incidents.Silo;

/// <summary>What the command line asks for: nothing (run a silo) or <c>migrate</c>; then settings as
/// <c>--Name=value</c>.</summary>
internal static class Verb
{
    private const string Migrate = "migrate";

    public static bool IsMigrate(string[] args)
    {
        var words = args.Where(static a => !a.StartsWith("--", StringComparison.Ordinal)).ToArray();
        var broken = args.FirstOrDefault(static a => a.StartsWith("--", StringComparison.Ordinal) && !a.Contains('='));
        return (words, broken) switch
        {
            ([], null) => false,
            ([Migrate], null) => true,
            (_, not null) => throw new StartupFailure($"'{broken}' has no value: write {broken}=value."),
            _ => throw new StartupFailure(
                $"'{string.Join(' ', words)}' is no command of the silo: use none to run it, or '{Migrate}'."),
        };
    }
}

using Incidents.Grains.Hosting;
using Incidents.Silo;

try
{
    var migrateOnly = Verb.IsMigrate(args);
    await using var app = SiloApp.Build(args, configure: null);
    StartupChecks.ValidateOptions(app);
    if (!migrateOnly)
    {
        StartupChecks.RequirePorts(app);
    }

    SiloApp.Migrate(app);
    if (!migrateOnly)
    {
        await app.RunAsync();
    }

    return 0;
}
catch (Exception failure) when (failure is StartupFailure or FormatException)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}

using Incidents.Grains.Hosting;
using Incidents.Silo;

try
{
    var migrateOnly = Verb.IsMigrate(args);
    await using var app = SiloApp.Build(args, configure: null);
    if (migrateOnly)
    {
        SiloApp.Migrate(app);
    }
    else
    {
        StartupChecks.Run(app);
        SiloApp.Migrate(app);
        await app.RunAsync();
    }

    return 0;
}
catch (StartupFailure failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}

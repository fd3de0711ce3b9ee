using Incidents.WebFront.Auth.SignIn;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Incidents.WebFront.Auth.Keys;

internal static class KeyRegistration
{
    private const string Logs = "Microsoft.AspNetCore.DataProtection";

    public static void AddKeys(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<StoredKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<StoredKeys>(static (keys, stored) => keys.XmlRepository = stored);
        var protection = services.AddDataProtection().SetApplicationName("incidents");

        // What cannot be read stops the start with the validator's words.
        var options = builder.Configuration.GetSection(SignInOptions.Section).Get<SignInOptions>() ?? new();
        if (options.KeysCertificateFile is not null && KeyCertificates.Read(options, static _ => { }) is [var current, ..] all)
        {
            protection.ProtectKeysWithCertificate(current).UnprotectKeysWithAnyCertificate([.. all]);
        }

        // The first look is before the silo has applied the schema, or while the database is away: the next one counts.
        builder.Logging.AddFilter($"{Logs}.Internal.DataProtectionHostedService", LogLevel.None);
        builder.Logging.AddFilter($"{Logs}.KeyManagement", LogLevel.Error);
        builder.Logging.AddFilter($"{Logs}.KeyManagement.KeyRingProvider", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None); // strangers can cause it at will
    }
}

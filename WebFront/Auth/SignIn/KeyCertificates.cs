using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Incidents.WebFront.Auth.SignIn;

/// <summary>Reads the certificates that encrypt the keys of cookies and forms.</summary>
internal static class KeyCertificates
{
    public const string Command =
        "openssl req -x509 -newkey rsa:3072 -nodes -days 3650 -subj /CN=incidents-keys -keyout keys.pem -out keys.pem";

    /// <returns>The one to encrypt with first, then the former ones.</returns>
    public static List<X509Certificate2> Read(SignInOptions options, Action<string> problem)
    {
        const string Former = $"{SignInOptions.Section}:{nameof(SignInOptions.FormerKeysCertificateFiles)}";
        List<X509Certificate2?> read =
        [
            .. string.IsNullOrEmpty(options.KeysCertificateFile) ? [] : (X509Certificate2?[])
                [Read(options.KeysCertificateFile, $"{SignInOptions.Section}:{nameof(SignInOptions.KeysCertificateFile)}", problem)],
            .. options.FormerKeysCertificateFiles.Select((path, index) => Read(path, $"{Former}:{index}", problem)),
        ];
        return [.. read.OfType<X509Certificate2>()];
    }

    private static X509Certificate2? Read(string path, string key, Action<string> problem)
    {
        try
        {
            var certificate = Path.GetExtension(path).ToUpperInvariant() is ".PFX" or ".P12"
                ? X509CertificateLoader.LoadPkcs12FromFile(path, null)
                : X509Certificate2.CreateFromPemFile(path);
            using var rsa = certificate.GetRSAPrivateKey();
            if (rsa is not null)
            {
                return certificate;
            }

            problem($"{key} must have an RSA key: {Command}");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem($"{key} must name a file with a certificate and its key ({e.GetType().Name}): {Command}");
        }

        return null;
    }
}

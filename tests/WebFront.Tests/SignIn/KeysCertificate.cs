using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Incidents.WebFront.Tests.SignIn;

/// <summary>A file with a certificate and its key, as openssl makes one.</summary>
internal static class KeysCertificate
{
    private static readonly Lazy<string> One = new(static () => Write(RSA.Create(2048)));

    public static string Path => One.Value;

    public static string WithoutRsa()
    {
        using var key = ECDsa.Create();
        return Write(new CertificateRequest("CN=keys", key, HashAlgorithmName.SHA256), key);
    }

    private static string Write(RSA key) => Write(new CertificateRequest("CN=keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), key);

    private static string Write(CertificateRequest request, AsymmetricAlgorithm key)
    {
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));
        var path = System.IO.Path.GetTempFileName();
        File.WriteAllText(path, $"{key.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}\n");
        return path;
    }
}

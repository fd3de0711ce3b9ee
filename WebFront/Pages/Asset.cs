using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Incidents.WebFront.Auth;
using Microsoft.Net.Http.Headers;

namespace Incidents.WebFront.Pages;

/// <summary>Styles, scripts and pictures of the pages, from inside the program. Their address has a hash of them all, so
/// a browser keeps them for good and still never mixes two versions.</summary>
internal static class Asset
{
    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, Content> All = Load().ToFrozenDictionary(static asset => asset.Name);

    private static readonly string Version = Convert.ToHexStringLower(SHA256.HashData(
        [.. All.Values.OrderBy(static asset => asset.Name, StringComparer.Ordinal).SelectMany(static asset => asset.Plain)]))[..12];

    public static string Url(string name) => $"/assets/{Version}/{All[name].Name}";

    /// <summary>They say nothing that the source does not, and the sign-in page needs them.</summary>
    public static void MapAssets(this IEndpointRouteBuilder app) =>
        app.MapGet("/assets/{version}/{name}", Get).ExcludeFromDescription().OpenToAll();

    private static IResult Get(HttpContext http, string version, string name)
    {
        if (!All.TryGetValue(name, out var asset))
        {
            return TypedResults.NotFound();
        }

        var headers = http.Response.Headers;
        headers.CacheControl = version == Version ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.XContentTypeOptions = "nosniff";
        if (!http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
        {
            return TypedResults.Bytes(asset.Plain, asset.Type);
        }

        headers.ContentEncoding = "br";
        return TypedResults.Bytes(asset.Brotli, asset.Type);
    }

    private static IEnumerable<Content> Load()
    {
        var program = Assembly.GetExecutingAssembly();
        foreach (var resource in program.GetManifestResourceNames().Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = program.GetManifestResourceStream(resource)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            yield return new(resource[Prefix.Length..], TypeOf(resource), bytes.ToArray());
        }
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"No media type is known for {other}."),
    };

    private sealed record Content(string Name, string Type, byte[] Plain)
    {
        public byte[] Brotli { get; } = Compress(Plain);

        private static byte[] Compress(byte[] plain)
        {
            using var packed = new MemoryStream();
            using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize))
            {
                brotli.Write(plain);
            }

            return packed.ToArray();
        }
    }
}

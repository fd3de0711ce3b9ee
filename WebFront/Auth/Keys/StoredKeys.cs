using System.Xml.Linq;
using Incidents.WebFront.Auth.SignIn;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using MySqlConnector;

namespace Incidents.WebFront.Auth.Keys;

/// <summary>The keys that protect cookies and forms, in MySQL: every WebFront takes what another one gave. With a
/// certificate those in the clear, of a time without one, count for nothing: whoever read them could make sessions.</summary>
internal sealed class StoredKeys(MySqlDataSource database, IOptions<SignInOptions> signIn, TimeProvider clock) : IXmlRepository
{
    private const string InTheClear = "masterKey";

    public const string Select = "SELECT xml FROM data_protection_keys ORDER BY key_id LIMIT 1000"; // along the primary key
    private const string Insert = "INSERT INTO data_protection_keys (name, created_at, xml) VALUES (@name, @now, @xml)";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.OpenConnection();
        using var command = new MySqlCommand(Select, connection);
        using var reader = command.ExecuteReader();
        List<XElement> keys = [];
        while (reader.Read())
        {
            var key = XElement.Parse(reader.GetString(0));
            if (signIn.Value.KeysCertificateFile is null || !key.Descendants(InTheClear).Any())
            {
                keys.Add(key);
            }
        }

        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.OpenConnection();
        using var command = new MySqlCommand(Insert, connection);
        command.Parameters.AddWithValue("@name", friendlyName);
        command.Parameters.AddWithValue("@now", clock.GetUtcNow().UtcDateTime);
        command.Parameters.AddWithValue("@xml", element.ToString(SaveOptions.DisableFormatting));
        command.ExecuteNonQuery();
    }
}

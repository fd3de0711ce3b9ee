using Incidents.Grains.Domain;
using Incidents.Grains.Telemetry;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.MySql;

/// <summary>What a grain knows of the database: load, and write at most so much at once.</summary>
internal sealed class KeyStore(
    KeyLoader loader, GroupCommitWriter writer, IncidentInstruments instruments, IOptions<GroupCommitOptions> options)
{
    public int MaxAlerts => options.Value.MaxAlerts;

    public int MaxBytes => options.Value.MaxBytes;

    public IncidentInstruments Instruments => instruments;

    /// <returns>Null when the database does not answer now.</returns>
    public Task<Loaded?> Load(LoadRequest request) => loader.Load(request, CancellationToken.None);

    public Task<WriteOutcome> Write(KeyChange change) => change.IsEmpty
        ? Task.FromResult(WriteOutcome.Failed(WriteStatus.Committed))
        : writer.Write(change, CancellationToken.None);
}

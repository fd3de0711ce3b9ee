namespace Incidents.WebFront.Spool;

/// <summary>A delivery on its way to the disk. Either the writer takes it, or its sender is told that it was not kept:
/// never both, or what is refused would be stored as well.</summary>
internal sealed class Addition(JournalEntry entry)
{
    private readonly TaskCompletionSource<SpoolOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JournalEntry? _entry = entry;

    public Task<SpoolOutcome> Outcome => _outcome.Task;

    /// <summary>Null for all but the first who takes it.</summary>
    public JournalEntry? Take() => Interlocked.Exchange(ref _entry, null);

    public void End(SpoolOutcome outcome) => _outcome.TrySetResult(outcome);
}

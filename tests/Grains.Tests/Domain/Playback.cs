using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Tests.Domain;

/// <summary>Plays a <see cref="Run"/> as the grain would, and commits each change to <see cref="Tables"/>.</summary>
internal sealed class Playback
{
    private readonly Inputs _inputs = new();
    private readonly List<Input> _played = [];
    private readonly Dictionary<IncidentId, Episode> _known = [];
    private readonly EpisodeOptions _options;
    private readonly Action<Playback, KeyChange> _afterEach;

    private Playback(EpisodeOptions options, Action<Playback, KeyChange>? afterEach)
    {
        _options = options;
        _afterEach = afterEach ?? (static (_, _) => { });
    }

    public KeyState State { get; private set; } = new(IncidentKey.Of(TestKit.Alerts.Parts), 1, null);

    public Tables Tables { get; } = new();

    public EpisodeOptions Options => _options;

    public IReadOnlyList<Input> Played => _played;

    /// <param name="afterEach">Called after each commit.</param>
    public static Playback Of(Run run, Action<Playback, KeyChange>? afterEach = null) => run.InPortions
        ? InPortions(run, afterEach)
        : OneByOne(run, afterEach);

    public static Playback OneByOne(Run run, Action<Playback, KeyChange>? afterEach = null)
    {
        var playback = new Playback(run.Rules.Options(), afterEach);
        foreach (var happening in run.Stream)
        {
            foreach (var input in playback._inputs.Of(happening, playback.State.Last))
            {
                playback.Settle([input]);
            }
        }

        return playback;
    }

    /// <summary>The very inputs of <see cref="OneByOne"/>, those of one time as one draft.</summary>
    public static Playback InPortions(Run run, Action<Playback, KeyChange>? afterEach = null)
    {
        var playback = new Playback(run.Rules.Options(), afterEach);
        var portion = new List<Input>();
        foreach (var input in OneByOne(run).Played)
        {
            if (portion.Count > 0 && portion[0].Now != input.Now)
            {
                playback.Settle(portion);
                portion = [];
            }

            portion.Add(input);
        }

        playback.Settle(portion);
        return playback;
    }

    /// <summary>Earlier incidents as they are read back: the alerts received are the trigger's.</summary>
    private Dictionary<IncidentId, Episode> Loaded() => _known.ToDictionary(
        static known => known.Key,
        known => known.Value with { AlertsReceived = Tables.Incidents[known.Key.Value].Number("alerts_received") });

    private void Settle(List<Input> portion)
    {
        if (portion.Count == 0)
        {
            return;
        }

        var draft = new KeyDraft(State, portion[0].Now, _options, Loaded());
        foreach (var input in portion)
        {
            input.Feed(draft);
        }

        var change = draft.Finish();
        Tables.Commit(change);
        State = change.Committed;
        foreach (var episode in change.Rewritten.Concat(change.Opened))
        {
            _known[episode.Id] = episode;
        }

        _played.AddRange(portion);
        _afterEach(this, change);
    }
}

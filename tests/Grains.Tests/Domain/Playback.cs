using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Tests.Domain;

/// <summary>Plays a <see cref="Run"/> as the grain would, and commits each change to <see cref="Tables"/>.</summary>
internal sealed class Playback
{
    private readonly Inputs _inputs = new();
    private readonly List<Input> _played = [];
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

    private void Settle(List<Input> portion)
    {
        if (portion.Count == 0)
        {
            return;
        }

        var draft = new KeyDraft(State, portion[0].Now, _options);
        foreach (var input in portion)
        {
            input.Feed(draft);
        }

        var change = draft.Finish();
        Tables.Commit(change);
        State = change.Committed;
        _played.AddRange(portion);
        _afterEach(this, change);
    }
}

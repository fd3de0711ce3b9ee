using System.Text.Json.Nodes;

namespace Incidents.TestKit.FakeSlack;

internal static class ViewsOpen
{
    private static readonly TimeSpan TriggerLives = TimeSpan.FromSeconds(3);

    public static FakeAnswer Answer(FakeWorkspace workspace, JsonObject arguments)
    {
        if (arguments.Text("trigger_id") is not { } id || arguments["view"] is not JsonObject view)
        {
            return FakeAnswer.Error("invalid_arguments", "missing required field: trigger_id, view");
        }

        if (BlockKitLimits.CheckView(view) is var (code, why))
        {
            return FakeAnswer.Error(code, why);
        }

        if (workspace.Triggers.GetValueOrDefault(id) is not { } trigger)
        {
            return FakeAnswer.Error("invalid_trigger_id");
        }

        if (trigger.IsUsed || workspace.Now - trigger.At > TriggerLives)
        {
            return FakeAnswer.Error(trigger.IsUsed ? "exchanged_trigger_id" : "expired_trigger_id");
        }

        trigger.IsUsed = true;
        var opened = workspace.Opened(trigger.User, view);
        return FakeAnswer.Ok(new() { ["view"] = opened.Content.DeepClone() });
    }
}

/// <summary>A press, for which one view may be opened.</summary>
internal sealed class Trigger(FakeUser user, DateTimeOffset at)
{
    public FakeUser User => user;

    public DateTimeOffset At => at;

    public bool IsUsed { get; set; }
}

/// <summary>A view before a person.</summary>
/// <param name="Content">As Slack returns it; not to be changed.</param>
public sealed record FakeView(FakeUser User, DateTimeOffset At, JsonObject Content)
{
    public string Id => Content["id"]!.GetValue<string>();

    public string? CallbackId => Content["callback_id"]?.GetValue<string>();
}

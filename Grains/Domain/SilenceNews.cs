using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>A row of <c>senders</c>, its peers taken together.</summary>
internal readonly record struct SenderSeen(string Sender, DateTimeOffset LastDeliveryAt);

/// <summary>What is to be told about one sender by an alert, and why.</summary>
/// <param name="Silence">As it was before.</param>
internal sealed record SilenceNews(string Sender, Silence Silence, SilenceReason Reason, DateTimeOffset At)
{
    /// <summary>The alert is a resolved one.</summary>
    public bool IsEnd => Reason switch
    {
        SilenceReason.FellSilent or SilenceReason.StillSilent => false,
        SilenceReason.SpokeAgain or SilenceReason.Unwatched or SilenceReason.Forgotten => true,
    };
}

/// <summary>Why something is told about a sender.</summary>
internal enum SilenceReason
{
    FellSilent = 1,

    /// <summary>Told again, so that the incident does not go stale.</summary>
    StillSilent,

    SpokeAgain,

    /// <summary>The settings say no longer that this is a silence.</summary>
    Unwatched,

    /// <summary>Its rows are gone.</summary>
    Forgotten,
}

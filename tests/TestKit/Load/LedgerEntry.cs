using System.Text.Json.Serialization;

namespace Incidents.TestKit.Load;

/// <summary>A request and what became of it: one line of the ledger. Times are seconds since the storm began.</summary>
public sealed record LedgerEntry
{
    /// <summary>The arrival's number.</summary>
    public required long Number { get; init; }

    /// <summary>Whose body was sent; another arrival's in a duplicate.</summary>
    public required long Body { get; init; }

    /// <summary>Whose credentials it had.</summary>
    public required string Sender { get; init; }

    public required double Scheduled { get; init; }

    public required double Started { get; init; }

    /// <summary>When the answer, or the end of the connection, came.</summary>
    public required double Ended { get; init; }

    /// <summary>Null: no answer came. What was sent may be stored or not.</summary>
    public int? Status { get; init; }

    /// <summary>Why no answer came, or what a refusal said.</summary>
    public string? Error { get; init; }

    /// <summary>Of each alert's element, byte for byte.</summary>
    public required IReadOnlyList<ulong> Digests { get; init; }

    /// <summary>Of each alert: the incident that the answer names, <c>pending</c>, <c>rejected</c>, or null.</summary>
    public required IReadOnlyList<string?> Fates { get; init; }

    /// <summary>The answer was 2xx.</summary>
    [JsonIgnore]
    public bool IsAccepted => Status is >= 200 and <= 299;

    /// <summary>Nothing was, or will be, stored: the sender is told that it is wrong. After 5xx, or without an answer, it
    /// may be.</summary>
    [JsonIgnore]
    public bool IsRefusedForGood => Status is >= 300 and <= 499;
}

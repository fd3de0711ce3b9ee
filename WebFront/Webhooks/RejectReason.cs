namespace Incidents.WebFront.Webhooks;

/// <summary>Why a body, or one alert of it, was not accepted. The same name is the answer, the column and the log
/// field.</summary>
internal enum RejectReason
{
    /// <summary>The body has no bytes, or only white space.</summary>
    EmptyBody = 1,

    /// <summary>The body as a whole is not one complete JSON value.</summary>
    NotJson,

    /// <summary>The body is no object with an array <c>alerts</c>.</summary>
    NoAlertsArray,

    /// <summary>More elements of <c>alerts</c> than <see cref="WebhookOptions.MaxAlerts"/>.</summary>
    TooManyAlerts,

    /// <summary>Not one element of <c>alerts</c> can be used.</summary>
    NothingUsable,

    /// <summary>The element of <c>alerts</c> is not an object.</summary>
    NotAnObject,

    /// <summary>Its <c>status</c> is neither <c>firing</c> nor <c>resolved</c>.</summary>
    BadStatus,

    /// <summary>Larger than <see cref="WebhookOptions.MaxAlertBytes"/>.</summary>
    AlertTooLarge,

    /// <summary>Nested deeper than <see cref="WebhookOptions.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>Its bytes are not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>The database refuses it.</summary>
    Unstorable,

    /// <summary>Stands for further rejected alerts of one delivery that are counted, not kept.</summary>
    MoreRejected,
}

internal static class RejectReasonText
{
    public static string Text(this RejectReason reason) => reason switch
    {
        RejectReason.EmptyBody => "empty_body",
        RejectReason.NotJson => "not_json",
        RejectReason.NoAlertsArray => "no_alerts_array",
        RejectReason.TooManyAlerts => "too_many_alerts",
        RejectReason.NothingUsable => "nothing_usable",
        RejectReason.NotAnObject => "not_an_object",
        RejectReason.BadStatus => "bad_status",
        RejectReason.AlertTooLarge => "alert_too_large",
        RejectReason.TooDeep => "too_deep",
        RejectReason.InvalidUtf8 => "invalid_utf8",
        RejectReason.Unstorable => "unstorable",
        RejectReason.MoreRejected => "more_rejected",
    };

    /// <summary>What the sender's log shows: short, and nothing of what was sent.</summary>
    public static string Message(this RejectReason reason) => reason switch
    {
        RejectReason.EmptyBody => "The body is empty.",
        RejectReason.NotJson => "The body is not complete, sound JSON.",
        RejectReason.NoAlertsArray => "The body must be a JSON object with an array \"alerts\".",
        RejectReason.TooManyAlerts => "The body has more alerts than Webhooks:MaxAlerts.",
        RejectReason.NothingUsable => "None of the alerts can be used; \"rejected\" says why.",
        RejectReason.NotAnObject => "An alert must be a JSON object.",
        RejectReason.BadStatus => "An alert's status must be \"firing\" or \"resolved\".",
        RejectReason.AlertTooLarge => "The alert is larger than Webhooks:MaxAlertBytes.",
        RejectReason.TooDeep => "The alert is nested deeper than Webhooks:MaxDepth.",
        RejectReason.InvalidUtf8 => "The alert is not valid UTF-8.",
        RejectReason.Unstorable => "The database refuses the alert.",
        RejectReason.MoreRejected => "Further alerts of this delivery were rejected.",
    };
}

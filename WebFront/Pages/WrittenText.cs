namespace Incidents.WebFront.Pages;

/// <summary>What somebody wrote into a form that was not taken: it is shown once more, since it is nowhere else.</summary>
internal static class WrittenText
{
    private static readonly string[] Fields = ["note", "action_taken", "root_cause"];

    /// <summary>Only of a page of ours: nobody else can put words on one. Nothing when it cannot be read.</summary>
    public static Task<IReadOnlyList<string>> Of(HttpContext http) =>
        http.Request.Headers["Sec-Fetch-Site"] == "same-origin" ? OfOurForm(http) : Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Once it is known to be a form of ours.</summary>
    public static async Task<IReadOnlyList<string>> OfOurForm(HttpContext http) =>
        http.Request.HasFormContentType && (await Form.Read(http)).Form is { } form
            ? [.. Fields.Select(field => form[field].ToString()).Where(static text => text.Length > 0)]
            : [];
}

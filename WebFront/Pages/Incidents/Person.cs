namespace Incidents.WebFront.Pages;

/// <summary>Who did it: whom the credentials said that they act for, and in brackets the credentials, which alone are
/// proven.</summary>
internal static class Person
{
    public static string? Name(string? credentials, string? saidBy) => saidBy is null ? credentials : $"{saidBy} ({credentials})";
}

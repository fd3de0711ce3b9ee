using System.Security.Cryptography;
using System.Text;
using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Pages;

/// <summary>
/// The id of the command that a button of a list gives: of the page as it was shown to one person, of the incident, and
/// of its revision. A press that is sent twice is so one command; and rows that the live stream brings, the same ones to
/// everybody, need no ids of their own, which two people's presses would share.
/// </summary>
internal static class PressId
{
    /// <param name="page">Made anew for each page shown.</param>
    public static Guid Of(Guid page, CommandKind kind, IncidentId incident, int revision) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{page:N} {kind} {incident} {revision}")).AsSpan(..16), bigEndian: true);
}

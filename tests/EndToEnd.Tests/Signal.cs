using System.Diagnostics;

namespace Incidents.EndToEnd.Tests;

internal static class Signal
{
    /// <summary>By bash's own kill: the program of that name need not be installed.</summary>
    public static async Task Send(string signal, int process, CancellationToken cancel)
    {
        using var kill = Process.Start("bash", ["-c", $"kill -{signal} {process}"]);
        await kill.WaitForExitAsync(cancel);
    }
}

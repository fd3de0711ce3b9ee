using System.Diagnostics;
using System.Globalization;

namespace Incidents.TestKit;

/// <summary>A MySQL server that a test may kill, stop, start again and fill: started as
/// <c>deploy/local/private-mysql.sh</c> starts one, in a folder of its own.</summary>
public sealed class PrivateMySql : IAsyncDisposable
{
    // Each line that it reads starts the server, again after it ended; at the end of what it reads, also when this process is
    // killed, the server ends. The disk stays until then, also when the server does not.
    private const string Script = """
        set -euo pipefail
        source deploy/local/process.sh
        source deploy/local/private-mysql.sh
        mysql_look || fail "no MySQL or MariaDB server program found"
        trap '[[ -z $mysql_pid ]] || kill -KILL "$mysql_pid" 2>/dev/null' EXIT
        trap 'exit 0' INT TERM HUP
        while read -r; do
          private_mysql_start "$1" incidents_test 'incidents\_test%' "${@:2}"
          printf '%s\n' "$mysql_pid" "$mysql_port" "$mysql_connection"
        done
        """;

    // Seen by these processes alone, and gone with them: nothing is left behind whatever happens to us.
    private const string OnSmallDisk = "mount -t tmpfs -o size=$SIZE,mode=700 tmpfs \"$1\"\n" + Script;

    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(40);

    private readonly string _folder = Directory.CreateTempSubdirectory("incidents-mysql.").FullName;
    private readonly string[] _options;
    private readonly int? _megabytes;
    private Process? _script;
    private int _id;

    private PrivateMySql(int? megabytes, string[] options) => (_megabytes, _options) = (megabytes, options);

    /// <summary>Without a database; the user may make those whose names begin with incidents_test.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>It may end by itself, such as on a full disk.</summary>
    public bool HasEnded => !Directory.Exists($"/proc/{_id}");

    private string Filler => $"/proc/{_script!.Id}/root{_folder}/filler";

    public static Task<PrivateMySql> Start(params string[] options) => Started(new(null, options));

    /// <summary>On a disk of so many megabytes, in memory.</summary>
    public static Task<PrivateMySql> StartOnSmallDisk(int megabytes, params string[] options) => Started(new(megabytes, options));

    /// <summary>Whether this user may mount a file system that only its own processes see.</summary>
    public static async Task<bool> CanMount() =>
        await Try(["unshare", .. Namespaces(userToo: false), "true"]) || await Try(["unshare", .. Namespaces(userToo: true), "true"]);

    /// <summary>At the same port, with what is on its disk.</summary>
    public async Task StartAgain()
    {
        _script ??= await Begin();
        await _script.StandardInput.WriteLineAsync();
        await _script.StandardInput.FlushAsync();
        var id = await _script.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"MySQL did not start: {await _script.StandardError.ReadToEndAsync()}");
        _id = int.Parse(id, CultureInfo.InvariantCulture);
        await _script.StandardOutput.ReadLineAsync(); // its port
        ConnectionString = (await _script.StandardOutput.ReadLineAsync())!;
    }

    /// <summary>As a crash of the server does: nothing is flushed, no client is told.</summary>
    public Task Kill(CancellationToken cancel) => End("KILL", cancel);

    /// <summary>As an administrator does.</summary>
    public Task Stop(CancellationToken cancel) => End("TERM", cancel);

    /// <summary>Leaves so little of the small disk.</summary>
    public void Fill(int leaveKilobytes)
    {
        var free = new DriveInfo(Path.GetDirectoryName(Filler)!).AvailableFreeSpace;
        using var file = new FileStream(Filler, FileMode.OpenOrCreate);
        var zeros = new byte[64 * 1024];
        file.Seek(0, SeekOrigin.End);
        for (var left = free - (leaveKilobytes * 1024L); left > 0; left -= zeros.Length)
        {
            file.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        }
    }

    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        if (_script is { } script)
        {
            script.StandardInput.Close();
            await script.WaitForExitAsync();
            script.Dispose();
            await Eventually.Holds("MySQL has ended", () => Task.FromResult(_id == 0 || HasEnded), EndsWithin, CancellationToken.None);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<PrivateMySql> Started(PrivateMySql server)
    {
        try
        {
            await server.StartAgain();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static string[] Namespaces(bool userToo) => userToo ? ["--user", "--map-root-user", "--mount"] : ["--mount"];

    private static async Task<bool> Try(string[] command)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no such program
        }
    }

    private async Task<Process> Begin()
    {
        string[] bash = ["bash", "-c", _megabytes is null ? Script : OnSmallDisk, "private-mysql", _folder, .. _options];
        string[] command = _megabytes is null
            ? bash
            : ["unshare", .. Namespaces(userToo: !await Try(["unshare", .. Namespaces(userToo: false), "true"])), .. bash];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Repo.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SIZE"] = $"{_megabytes}M";
        return Process.Start(start)!;
    }

    private async Task End(string signal, CancellationToken cancel)
    {
        using var kill = Process.Start(new ProcessStartInfo("bash", ["-c", $"kill -{signal} {_id}"]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync(cancel);
        await Eventually.Holds("MySQL has ended", () => Task.FromResult(HasEnded), EndsWithin, cancel);
    }
}

using System.Collections.Frozen;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>What a failed packet means. Each name is also a log field and a metric tag.</summary>
internal enum Failure
{
    /// <summary>The fence is lost or a row is held by somebody: ask which.</summary>
    Contended = 1,

    /// <summary>Rolled back; the same packet may go again.</summary>
    Deadlock = 2,

    /// <summary>The server refuses a value or a row.</summary>
    Data = 3,

    /// <summary>The connection broke, and COMMIT was in the packet: it may be stored or not. Or nothing can be stored now.</summary>
    Unknown = 4,
}

internal static class FailureClass
{
    private const int GuardHasTwoRows = 1242;
    private const int LockNoWait = 3572;
    private const int Signal = 1644;
    private const int ReadOnlyMode = 1836;

    /// <summary>About the server as a whole or this session, and not about what was sent: it is full, short of something, not
    /// ours to write, or ends. Taken for data, every alert would be refused for as long as it lasts.</summary>
    private static readonly FrozenSet<int> OfTheServer = FrozenSet.Create(
        (int)MySqlErrorCode.OptionPreventsStatement, ReadOnlyMode, (int)MySqlErrorCode.ServerShutdown,
        (int)MySqlErrorCode.QueryInterrupted, (int)MySqlErrorCode.CommandTimeoutExpired, (int)MySqlErrorCode.UnableToConnectToHost,
        (int)MySqlErrorCode.RecordFileFull, (int)MySqlErrorCode.DiskFull, (int)MySqlErrorCode.ErrorOnWrite, (int)MySqlErrorCode.GetErrorNumber,
        (int)MySqlErrorCode.OutOfMemory, (int)MySqlErrorCode.OutOfSortMemory, (int)MySqlErrorCode.OutOfResources,
        (int)MySqlErrorCode.LockTableFull, (int)MySqlErrorCode.ErrorDuringCommit, (int)MySqlErrorCode.CannotOpenFile,
        (int)MySqlErrorCode.DatabaseAccessDenied, (int)MySqlErrorCode.AccessDenied, (int)MySqlErrorCode.TableAccessDenied,
        (int)MySqlErrorCode.NoSuchTable);

    /// <summary>
    /// By the server's number, and for what is about a value or a row by its SQLSTATE: 22 (data exception), 23
    /// (constraint), 45 (our trigger's). Whatever else a server answers while it keeps the connection is taken for
    /// data too: halving ends it, and resending is safe, since the fence would say if it had been committed.
    /// </summary>
    public static Failure Of(MySqlException exception, bool connectionIsOpen) => exception.Number switch
    {
        GuardHasTwoRows or (int)MySqlErrorCode.LockWaitTimeout or LockNoWait => Failure.Contended,
        (int)MySqlErrorCode.LockDeadlock => Failure.Deadlock,
        var number when OfTheServer.Contains(number) => Failure.Unknown,
        _ when exception.SqlState is ['2', '2' or '3', ..] or ['4', '5', ..] => Failure.Data,
        _ => connectionIsOpen && exception.Number > 0 && exception.SqlState is { Length: 5 } ? Failure.Data : Failure.Unknown,
    };

    /// <summary>What a refused write means when it was alone in its packet.</summary>
    public static WriteStatus Alone(MySqlException exception) => exception.Number switch
    {
        (int)MySqlErrorCode.DuplicateKeyEntry when exception.Message.Contains("uq_delivery", StringComparison.Ordinal)
            || exception.Message.Contains("uq_command", StringComparison.Ordinal) => WriteStatus.AlreadyStored,
        (int)MySqlErrorCode.DuplicateKeyEntry or Signal => WriteStatus.Lost,
        _ => WriteStatus.Unstorable,
    };
}

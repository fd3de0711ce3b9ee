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

    /// <summary>The connection broke, and COMMIT was in the packet: it may be stored or not.</summary>
    Unknown = 4,
}

internal static class FailureClass
{
    // MariaDB's answers to a broken JSON value; the names are MySQL's or missing in MySqlErrorCode.
    private const int JsonConstraintFailed = 4025;
    private const int JsonSyntax = 4038;
    private const int JsonDepth = 4040;
    private const int LockNoWait = 3572;
    private const int GuardHasTwoRows = 1242;
    private const int Signal = 1644;

    public static Failure Of(MySqlException exception) => exception.Number switch
    {
        GuardHasTwoRows or (int)MySqlErrorCode.LockWaitTimeout or LockNoWait => Failure.Contended,
        (int)MySqlErrorCode.LockDeadlock => Failure.Deadlock,
        (int)MySqlErrorCode.DuplicateKeyEntry or Signal
            or (int)MySqlErrorCode.NoReferencedRow2 or (int)MySqlErrorCode.TruncatedWrongValueForField
            or (int)MySqlErrorCode.DataTooLong or (int)MySqlErrorCode.WarningDataOutOfRange
            or (int)MySqlErrorCode.WarningDataTruncated
            or (int)MySqlErrorCode.ColumnCannotBeNull or (int)MySqlErrorCode.InvalidCharacterString
            or (int)MySqlErrorCode.TruncatedWrongValue
            or 3140 or 3141 or 3157 or JsonConstraintFailed or JsonSyntax or JsonDepth => Failure.Data,
        _ => Failure.Unknown,
    };

    /// <summary>What a refused write means when it was alone in its packet.</summary>
    public static WriteStatus Alone(MySqlException exception) => exception.Number switch
    {
        (int)MySqlErrorCode.DuplicateKeyEntry when exception.Message.Contains("uq_delivery", StringComparison.Ordinal) =>
            WriteStatus.AlreadyStored,
        (int)MySqlErrorCode.DuplicateKeyEntry when exception.Message.Contains("uq_command", StringComparison.Ordinal) =>
            WriteStatus.Unstorable,
        (int)MySqlErrorCode.DuplicateKeyEntry or Signal => WriteStatus.Lost,
        _ => WriteStatus.Unstorable,
    };
}

using System.Reflection;
using Incidents.Grains.MySql;
using MySqlConnector;
using Xunit;

namespace Incidents.Grains.Tests.MySql;

/// <summary>What an error of the server means for its packet.</summary>
public sealed class FailureClassTests
{
    [Theory]
    [InlineData(1242, "21000", nameof(Failure.Contended))]
    [InlineData(1205, "HY000", nameof(Failure.Contended))]
    [InlineData(3572, "HY000", nameof(Failure.Contended))]
    [InlineData(1213, "40001", nameof(Failure.Deadlock))]
    [InlineData(1062, "23000", nameof(Failure.Data))]
    [InlineData(1644, "45000", nameof(Failure.Data))]
    [InlineData(1366, "22007", nameof(Failure.Data))]
    [InlineData(3140, "22032", nameof(Failure.Data))]
    [InlineData(3151, "22032", nameof(Failure.Data))]
    [InlineData(4025, "23000", nameof(Failure.Data))]
    [InlineData(9999, "HY000", nameof(Failure.Data))]
    [InlineData(1290, "HY000", nameof(Failure.Unknown))]
    [InlineData(1053, "08S01", nameof(Failure.Unknown))]
    [InlineData(1317, "70100", nameof(Failure.Unknown))]
    [InlineData(1114, "HY000", nameof(Failure.Unknown))]
    [InlineData(1021, "HY000", nameof(Failure.Unknown))]
    [InlineData(1030, "HY000", nameof(Failure.Unknown))]
    [InlineData(1041, "HY000", nameof(Failure.Unknown))]
    [InlineData(1142, "42000", nameof(Failure.Unknown))]
    [InlineData(1146, "42S02", nameof(Failure.Unknown))]
    public void An_answer_of_the_server_is_classed_by_number_and_state(int number, string state, string failure) =>
        Assert.Equal(failure, FailureClass.Of(Error(number, state), connectionIsOpen: true).ToString());

    [Fact]
    public void An_unlisted_error_that_broke_the_connection_leaves_the_outcome_unknown() =>
        Assert.Equal(Failure.Unknown, FailureClass.Of(Error(9999, "HY000"), connectionIsOpen: false));

    // The driver's own constructor: there is no public one.
    private static MySqlException Error(int number, string state) => (MySqlException)Activator.CreateInstance(
        typeof(MySqlException),
        BindingFlags.Instance | BindingFlags.NonPublic,
        null,
        [(MySqlErrorCode)number, state, "message"],
        null)!;
}

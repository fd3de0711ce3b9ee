using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Xunit;

namespace Incidents.Grains.Tests.RepoShape;

/// <summary>The rules of <see cref="RepoShapeTests"/> find what they look for, and nothing else.</summary>
public sealed class RuleTests
{
    private static readonly SqlSchema Schema = new(
    [
        new("sql/V1.sql", """
            CREATE TABLE one_key (
              id INT NOT NULL, -- no UNIQUE key
              state ENUM('on',
                         'off') NOT NULL,
              PRIMARY KEY (id)
            ) ENGINE=InnoDB;
            CREATE TABLE IF NOT EXISTS two_keys (
              id INT NOT NULL,
              PRIMARY KEY (id),
              UNIQUE KEY uq_name (id)
            ) ENGINE=InnoDB;
            CREATE TABLE later (
              id INT PRIMARY KEY
            );
            ALTER TABLE later ADD UNIQUE KEY uq_later (id);
            """),
    ]);

    [Theory]
    [InlineData("using Orleans.Runtime;", true)]
    [InlineData("using System.Net.Http;", true)]
    [InlineData("using Microsoft.Extensions.Logging;", true)]
    [InlineData("using Microsoft.Extensions.Options;", false)]
    [InlineData("var at = DateTimeOffset.UtcNow;", true)]
    [InlineData("var id = Guid.CreateVersion7();", true)]
    [InlineData("File.ReadAllText(path);", true)]
    [InlineData("public Task Decide()", true)]
    [InlineData("// as a Task of Orleans would", false)]
    [InlineData("using System.Diagnostics;", false)]
    public void The_domain_rule(string line, bool offends) => Offends(Forbidden.InDomain(), "Grains/Domain/X.cs", line, offends);

    [Theory]
    [InlineData("INSERT IGNORE INTO t", true)]
    [InlineData("insert  ignore into t", true)]
    [InlineData("INSERT INTO t", false)]
    public void The_insert_ignore_rule(string line, bool offends) => Offends(Forbidden.InsertIgnore(), "a.cs", line, offends);

    [Theory]
    [InlineData("REPLACE INTO t VALUES (1)", true)]
    [InlineData("replace into t", true)]
    [InlineData("REPLACE t (a) VALUES (1)", true)]
    [InlineData("REPLACE (a) VALUES (1)", true)]
    [InlineData("SELECT REPLACE(a, 'x', 'y')", false)]
    [InlineData("text.Replace(\"a\", \"b\")", false)]
    public void The_replace_rule(string line, bool offends) => Offends(Forbidden.ReplaceStatement(), "a.cs", line, offends);

    [Theory]
    [InlineData("catch (Exception)", true)]
    [InlineData("catch (Exception error)\n{", true)]
    [InlineData("catch\n{\n    Drop();\n}", true)]
    [InlineData("catch\n{\n    Drop();\n    throw;\n}", false)]
    [InlineData("catch (Exception e) when (e is IOException)", false)]
    [InlineData("catch (Exception e)\n    when (e is IOException)", false)]
    [InlineData("catch (TimeoutException)", false)]
    public void The_catch_rule(string line, bool offends) => Offends(Forbidden.CatchAll(), "a.cs", line, offends);

    [Theory]
    [InlineData("internal sealed class AlertManager;", true)]
    [InlineData("internal static class TimeUtils", true)]
    [InlineData("namespace Incidents.Common;", true)]
    [InlineData("internal sealed class ManagerOfAlerts", false)]
    public void The_name_rule(string line, bool offends) => Offends(Forbidden.VagueName(), "a.cs", line, offends);

    [Theory]
    [InlineData("INSERT INTO one_key (id) VALUES (1) ON DUPLICATE KEY UPDATE id = 1", false)]
    [InlineData("INSERT INTO two_keys (id) VALUES (1) ON DUPLICATE KEY UPDATE id = 1", true)]
    [InlineData("INSERT INTO later (id) VALUES (1) ON DUPLICATE KEY UPDATE id = 1", true)]
    [InlineData("INSERT INTO unknown (id) VALUES (1) ON DUPLICATE KEY UPDATE id = 1", true)]
    [InlineData("\" ON DUPLICATE KEY UPDATE id = 1\"", true)]
    [InlineData("// never ON DUPLICATE KEY UPDATE", false)]
    public void The_upsert_rule(string line, bool offends) =>
        Assert.Equal(offends, Schema.UnsafeUpserts(new("a.cs", line)).Any());

    [Fact]
    public void An_enum_column_is_read_over_several_lines() => Assert.Equal(["on", "off"], Schema.EnumOf("one_key", "state"));

    [Fact]
    public void An_offence_says_file_and_line() => Assert.Equal(
        ["a.cs:3: // FIXME later"], new SourceFile("a.txt", "one\n\n  // FIXME later") { Path = "a.cs" }.Offences(Forbidden.Unfinished()));

    [Fact]
    public void The_setting_rule() => Assert.Equal(
        ["SampleOptions.Wrong: RangeAttribute says 'Must be positive.'"], RepoShapeTests.NamelessSettings(typeof(SampleOptions)));

    private static void Offends(Regex rule, string path, string line, bool offends) =>
        Assert.Equal(offends, new SourceFile(path, line).Offences(rule).Any());

    private sealed class SampleOptions
    {
        public const string Section = "Sample";

        [Range(1, 2, ErrorMessage = "Sample:Right must be 1 or 2.")]
        public int Right { get; set; }

        [Range(1, 2, ErrorMessage = "Must be positive.")]
        public int Wrong { get; set; }
    }
}

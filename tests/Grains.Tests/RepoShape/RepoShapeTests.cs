using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Incidents.Grains.Tests.RepoShape;

/// <summary>What no analyzer knows of this repository.</summary>
public sealed class RepoShapeTests
{
    private static readonly string[] Programs = ["Incidents.Grains", "Incidents.Silo", "Incidents.WebFront"];

    [Fact]
    public void The_domain_is_pure() =>
        None(Domain().SelectMany(static file => file.Offences(Forbidden.InDomain())));

    [Fact]
    public void The_domain_knows_options_only_where_they_are_declared() => None(Domain()
        .Where(static file => !file.Path.EndsWith("Options.cs", StringComparison.Ordinal))
        .SelectMany(static file => file.Offences(Forbidden.OptionsNamespace())));

    [Fact]
    public void No_statement_swallows_an_error_with_insert_ignore() => NoneOf(Forbidden.InsertIgnore(), ".cs", ".sql");

    [Fact]
    public void No_statement_deletes_with_replace() => NoneOf(Forbidden.ReplaceStatement(), ".cs", ".sql");

    [Fact]
    public void Upserts_are_on_tables_with_one_unique_key()
    {
        var schema = SqlSchema.OfRepo();

        None(SourceFile.All(".cs", ".sql").SelectMany(schema.UnsafeUpserts));
    }

    [Fact]
    public void A_file_has_at_most_250_lines() => None(SourceFile.All(".cs", ".sh")
        .Select(static file => (file.Path, Lines: file.Text.AsSpan().Count('\n')))
        .Where(static file => file.Lines > Forbidden.MostLines)
        .Select(static file => $"{file.Path}: {file.Lines} lines"));

    [Fact]
    public void Nothing_catches_every_exception() => NoneOf(Forbidden.CatchAll(), ".cs");

    [Fact]
    public void Nothing_is_left_to_be_done_in_a_comment() => None(SourceFile.All(".cs", ".sh", ".sql")
        .Select(static file => new SourceFile(Path.ChangeExtension(file.Path, ".txt"), file.Text))
        .SelectMany(static file => file.Offences(Forbidden.Unfinished())));

    [Fact]
    public void No_name_is_a_bucket() => None(
    [
        .. SourceFile.All(".cs").SelectMany(static file => file.Offences(Forbidden.VagueName())),
        .. SourceFile.All(".cs", ".sh").Select(static file => file.Path).Where(static path => Forbidden.VaguePath().IsMatch(path)),
    ]);

    [Fact]
    public void The_message_for_a_wrong_option_names_its_setting() =>
        None(Programs
            .SelectMany(static name => Assembly.Load(name).GetTypes())
            .Where(static type => type.Name.EndsWith("Options", StringComparison.Ordinal))
            .SelectMany(NamelessSettings));

    /// <summary>Otherwise a misspelt name in it would be passed over.</summary>
    [Fact]
    public void A_section_of_our_own_is_put_in_as_one()
    {
        var source = string.Concat(SourceFile.All(".cs").Select(static file => file.Text));

        None(Programs
            .SelectMany(static name => Assembly.Load(name).GetTypes())
            .Where(static type => type.Name.EndsWith("Options", StringComparison.Ordinal) && SectionOf(type) is not (null or "ConnectionStrings"))
            .Where(type => !source.Contains($"AddSettings<{type.Name}, ", StringComparison.Ordinal))
            .Select(static type => $"{type.Name} is not put in with AddSettings"));
    }

    /// <summary>Validated properties whose message does not begin with <c>Section:Property</c>.</summary>
    internal static IEnumerable<string> NamelessSettings(Type options) =>
        from property in options.GetProperties()
        from rule in property.GetCustomAttributes<ValidationAttribute>()
        where SectionOf(options) is not { } name
            || rule.ErrorMessage?.Contains($"{name}:{property.Name}", StringComparison.Ordinal) != true
        select $"{options.Name}.{property.Name}: {rule.GetType().Name} says '{rule.ErrorMessage}'";

    private static string? SectionOf(Type options) =>
        options.GetField("Section", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)?.GetRawConstantValue() as string;

    private static List<SourceFile> Domain()
    {
        var files = SourceFile.All(".cs").Where(static file => file.Path.StartsWith("Grains/Domain/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        return files;
    }

    private static void NoneOf(Regex forbidden, params string[] extensions) =>
        None(SourceFile.All(extensions).SelectMany(file => file.Offences(forbidden)));

    private static void None(IEnumerable<string> offences)
    {
        var found = offences.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}

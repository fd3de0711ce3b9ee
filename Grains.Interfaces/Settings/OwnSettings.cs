using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Incidents.Settings;

/// <summary>How a section of our own is put in: bound, and checked at the start, so that nothing in it is without effect.</summary>
internal static class OwnSettings
{
    /// <summary>Both hosts may have the same variables, so a section that both have knows the other's names too.</summary>
    /// <param name="elsewhere">Names in this section that the other host reads.</param>
    public static OptionsBuilder<TOptions> AddSettings<TOptions, TValidator>(
        this IServiceCollection services, string section, params string[] elsewhere)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddSingleton<IValidateOptions<TOptions>>(provider =>
            new WholeSection<TOptions>(provider.GetRequiredService<IConfiguration>(), section, elsewhere));
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
        return services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
    }

    private sealed class WholeSection<TOptions>(IConfiguration configuration, string section, string[] elsewhere)
        : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            List<string> faults =
            [
                .. SettingShape.Faults(configuration.GetSection(section), typeof(TOptions), elsewhere),
                .. MisspeltSection.Faults(configuration, section, SettingShape.Names(typeof(TOptions))),
            ];
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}

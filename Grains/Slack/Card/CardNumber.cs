using System.Globalization;

namespace Incidents.Grains.Slack.Card;

/// <summary>Numbers as a person takes them in: four digits that count, no more.</summary>
internal static class CardNumber
{
    private const int Digits = 4;

    public static string Of(long count) => count.ToString("#,##0", CultureInfo.InvariantCulture);

    public static string Of(double value)
    {
        var size = Math.Abs(value);
        if (size == 0)
        {
            return "0";
        }

        if (size is < 1e-4 or >= 1e15)
        {
            return value.ToString("0.###e+0", CultureInfo.InvariantCulture);
        }

        var decimals = Math.Clamp(Digits - 1 - (int)Math.Floor(Math.Log10(size)), 0, 8);
        return Math.Round(value, decimals).ToString("#,##0.########", CultureInfo.InvariantCulture);
    }
}

using System.Text;

namespace Incidents.WebFront.Tests.Telemetry;

/// <summary>A sound delivery whose every text is the sender's invention.</summary>
internal static class Hostile
{
    public const string Mark = "zq7mark";

    public static byte[] Body(string name) => Encoding.UTF8.GetBytes(
        $$$"""
        {"receiver":"{{{Mark}}}","status":"firing","groupKey":"{}:{{{Mark}}}","title":"{{{Mark}}}","version":"1","orgId":1,"alerts":[
          {"status":"firing","fingerprint":"{{{Mark}}}","ruleUID":"{{{Mark}}}","generatorURL":"http://{{{Mark}}}/",
           "labels":{"alertname":"{{{Mark}}}","cluster":"{{{Mark}}}{{{name}}}","service":"{{{Mark}}}","severity":"{{{Mark}}}",
             "{{{Mark}}}":"{{{Mark}}}"},
           "annotations":{"summary":"{{{Mark}}}"},"valueString":"{{{Mark}}}"},
          {"status":"{{{Mark}}}"}]}
        """);
}

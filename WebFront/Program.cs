using Incidents.WebFront;
using Incidents.WebFront.Demo;
using Incidents.WebFront.Hosting;

return args is ["demo", var target] && Uri.TryCreate(target, UriKind.Absolute, out var url)
    ? await DemoStream.Run(url)
    : await StartUp.Run(() => WebFrontApp.Build(args));

using Incidents.WebFront;
using Incidents.WebFront.Hosting;

return await StartUp.Run(() => WebFrontApp.Build(args));

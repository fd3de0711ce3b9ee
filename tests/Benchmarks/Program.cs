using BenchmarkDotNet.Running;
using Incidents.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(DecideBenchmarks).Assembly).Run(args);
return 0;

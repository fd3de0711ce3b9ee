using System.Text;
using Incidents.TestKit;
using Incidents.WebFront.Live;
using Incidents.WebFront.Queries;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Tests.Live;

public sealed class SlowViewerTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LiveLog _log = new(room: 5, TimeProvider.System);
    private readonly StuckBody _body = new();

    [Fact]
    public async Task Who_reads_too_slowly_is_cut_off_before_the_gap_and_nobody_waits_for_it()
    {
        var http = new DefaultHttpContext { Response = { Body = _body } };
        _log.Sound(TimeProvider.System.GetUtcNow());
        var stream = new LiveStream(
            _log,
            new(_services.GetRequiredService<IServiceScopeFactory>(), NullLoggerFactory.Instance),
            new(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()),
            Options.Create(new LiveOptions()),
            new NeverStops(),
            TimeProvider.System);

        var writing = stream.Write(http, new(new IncidentFilter()), LiveFormat.Mark, _log.Latest, ReadOnlyMemory<byte>.Empty);
        await Within.Deadline("it hears that all is well", _body.Stuck);
        foreach (var change in Enumerable.Range(1, 20))
        {
            _log.Add([Rows.Of($"i{change}", change)]); // takes no notice of who is stuck
        }

        _body.Go();
        await Within.Deadline("the stream ends", writing);

        Assert.StartsWith("event: ping\nid: ", _body.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("changed", _body.Text, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _body.Dispose();
        _services.Dispose();
    }

    /// <summary>Takes the first bytes when it is told to.</summary>
    private sealed class StuckBody : MemoryStream
    {
        private readonly TaskCompletionSource _stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _free = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Stuck => _stuck.Task;

        public string Text => Encoding.UTF8.GetString(ToArray());

        public void Go() => _free.SetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _stuck.TrySetResult();
            await _free.Task.WaitAsync(cancellationToken);
            await base.WriteAsync(buffer, cancellationToken);
        }
    }

    private sealed class NeverStops : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}

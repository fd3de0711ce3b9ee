namespace Incidents.TestKit.FakeSlack;

/// <summary>What is to go wrong, by method, in order.</summary>
internal sealed class Faults
{
    private readonly Lock _lock = new();
    private readonly List<(string Method, Fault Fault, int Calls)> _faults = [];

    public void Add(string method, Fault fault, int calls)
    {
        lock (_lock)
        {
            _faults.Add((method, fault, calls));
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    public Fault? Next(string method)
    {
        lock (_lock)
        {
            var index = _faults.FindIndex(one => one.Method == method);
            if (index < 0)
            {
                return null;
            }

            var (_, fault, calls) = _faults[index];
            if (calls == 1)
            {
                _faults.RemoveAt(index);
            }
            else if (calls != int.MaxValue)
            {
                _faults[index] = (method, fault, calls - 1);
            }

            return fault;
        }
    }
}

using System.Collections.Generic;
using System.Linq;
using MemOS.Processes;

namespace MemOS.Tests.Host.Processes;

/// <summary>The tree of shares beside a set of those who are ready.</summary>
public sealed class ShareTreeProperties
{
    private enum Do
    {
        Wake,
        Park,
        Yield,
        Tick,
        Start,
        End,
        EndGroup,
    }

    private static readonly Gen<(Do What, int Which, ulong Time)[]> Steps = Gen.Select(
        Gen.Int[0, 6].Select(i => (Do)i), Gen.Int[0, 99], Gen.ULong[0, 15_000_000])
        .Array[0, 200];

    [Fact]
    public void Whoever_is_ready_runs_some_time_and_nobody_else_does() =>
        Steps.Sample(steps => new Trial().Run(steps), iter: 3_000);

    private sealed class Trial
    {
        private readonly ShareTree _tree = new(new ShareGroup(1));
        private readonly List<ShareGroup> _groups = [];
        private readonly List<Leaf> _leaves = [];
        private readonly HashSet<Share> _ready = [];
        private Share? _current;
        private ulong _now = 1;

        internal Trial()
        {
            // Jobs in jobs, processes in each.
            _groups.Add(_tree.Root);
            for (int i = 1; i < 8; i++)
            {
                ShareGroup group = new((ulong)(1 + i % 3));
                _groups[(i - 1) / 2].Begin(group, null, 0);
                _groups.Add(group);
            }
        }

        internal void Run((Do What, int Which, ulong Time)[] steps)
        {
            foreach ((Do what, int which, ulong time) in steps)
            {
                _now += time;
                Step(what, which);
                if (_current is null)
                    Choose();
            }

            DrainAll();
        }

        private void Step(Do what, int which)
        {
            switch (what)
            {
                case Do.Wake when _leaves.Count > 0:
                    Leaf woken = _leaves[which % _leaves.Count];
                    _ready.Add(woken);
                    _tree.MakeReady(woken);
                    break;
                case Do.Park when _current is not null:
                    Park();
                    break;
                case Do.Yield when _current is not null:
                    _tree.Yield(_now);
                    _current = null;
                    break;
                case Do.Tick when _current is not null:
                    if (_tree.Tick(_now))
                        _current = null;
                    break;
                case Do.Start:
                    Leaf leaf = new();
                    _groups[which % _groups.Count].Begin(leaf, _current, _now);
                    _leaves.Add(leaf);
                    _ready.Add(leaf);
                    _tree.MakeReady(leaf);
                    break;
                case Do.End when _leaves.Count > 0:
                    End(_leaves[which % _leaves.Count]);
                    break;
                case Do.EndGroup when _groups.Count > 1:
                    EndGroup(_groups[1 + which % (_groups.Count - 1)]);
                    break;
            }
        }

        private void Park()
        {
            _tree.Stop(_now);
            _ready.Remove(_current!);
            _current = null;
        }

        private void End(Leaf leaf)
        {
            if (leaf == _current)
                Park();
            _tree.End(leaf);
            _ready.Remove(leaf);
            _leaves.Remove(leaf);
        }

        private void EndGroup(ShareGroup group)
        {
            foreach (ShareGroup inner in _groups.Where(g => g.Group == group).ToArray())
                EndGroup(inner);
            foreach (Leaf leaf in _leaves.Where(l => l.Group == group).ToArray())
                End(leaf);
            Assert.True(group.IsIdle);
            _tree.End(group);
            _groups.Remove(group);
        }

        private void Choose()
        {
            _current = _tree.TryChoose(_now);
            Assert.Equal(_ready.Count == 0, _current is null);
            Assert.True(_current is null || _ready.Contains(_current));
        }

        // All that are ready come, each once.
        private void DrainAll()
        {
            while (_current is not null)
            {
                Assert.True(_current.IsRunning);
                Park();
                Choose();
            }

            Assert.Empty(_ready);
            Assert.All(_groups, group => Assert.True(group.IsIdle && !group.IsQueued));
        }
    }

    private sealed class Leaf() : Share(1);
}

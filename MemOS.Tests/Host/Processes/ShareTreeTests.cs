using System;
using System.Collections.Generic;
using MemOS.Processes;

namespace MemOS.Tests.Host.Processes;

/// <summary>What a group gets of the processor, whatever those in another one do.</summary>
public sealed class ShareTreeTests
{
    private const ulong Millisecond = 1_000_000;
    private const ulong TickLength = 4 * Millisecond;
    private const ulong Second = 1_000 * Millisecond;

    private readonly Machine _machine = new();

    [Fact]
    public void Four_thousand_threads_of_one_process_leave_another_one_half()
    {
        ShareGroup many = _machine.Group(_machine.Root, 10);
        for (int i = 0; i < 4_096; i++)
            _machine.Start(many, Spin);
        Assert.Equal(0.5, ShareOfAnother(), 0.01);
    }

    [Fact]
    public void A_thousand_processes_of_one_job_leave_another_job_half()
    {
        ShareGroup job = _machine.Group(_machine.Root, 10);
        for (int i = 0; i < 1_000; i++)
            _machine.Start(_machine.Group(job, 10), Spin);
        Assert.Equal(0.5, ShareOfAnother(), 0.01);
    }

    [Fact]
    public void Jobs_in_jobs_leave_a_job_beside_all_of_them_half()
    {
        ShareGroup job = _machine.Root;
        for (int depth = 0; depth < 32; depth++)
        {
            job = _machine.Group(job, 10);
            _machine.Start(_machine.Group(job, 10), Spin);
        }

        Assert.Equal(0.5, ShareOfAnother(), 0.01);
    }

    [Fact]
    public void Who_sleeps_before_the_slice_ends_pays_for_what_was_used()
    {
        ShareGroup sly = _machine.Group(_machine.Root, 10);
        for (int i = 0; i < 100; i++)
            _machine.Start(sly, () => new(9_900_000, 100_000, After.Sleep));
        Assert.Equal(0.5, ShareOfAnother(), 0.02);
    }

    [Fact]
    public void Within_a_process_who_sleeps_before_the_slice_ends_gets_no_more()
    {
        ShareGroup process = _machine.Group(_machine.Root, 10);
        Leaf honest = _machine.Start(process, Spin);
        Leaf sly = _machine.Start(process, () => new(9_900_000, 1, After.Sleep));
        _machine.Run(10 * Second);
        Assert.Equal(1.0, (double)honest.Used / sly.Used, 0.05);
    }

    [Fact]
    public void Threads_that_each_make_the_next_one_and_end_get_what_one_would()
    {
        ShareGroup process = _machine.Group(_machine.Root, 10);
        Leaf honest = _machine.Start(process, Spin);
        _machine.Start(process, () => new(9_000_000, 0, After.MakeNext));
        _machine.Run(10 * Second);
        Assert.Equal(0.5, (double)honest.Used / (10 * Second), 0.02);
    }

    [Fact]
    public void Threads_that_each_make_the_next_one_and_sleep_get_no_credit()
    {
        // A thousand that have run and sleep for ever: each began where its maker stood.
        ShareGroup process = _machine.Group(_machine.Root, 10);
        Leaf honest = _machine.Start(process, Spin);
        _machine.Start(process, () => new(9_000_000, Second * 1000, After.MakeNextAndSleep));
        _machine.Run(10 * Second);
        Assert.Equal(0.5, (double)honest.Used / (10 * Second), 0.02);
    }

    [Fact]
    public void Processes_that_another_ends_and_makes_anew_get_no_credit()
    {
        ShareGroup job = _machine.Group(_machine.Root, 10);
        Leaf honest = _machine.Start(_machine.Group(job, 10), Spin);
        ShareGroup maker = _machine.Group(job, 10);
        ShareGroup? victim = null;
        _machine.Start(maker, () =>
        {
            if (victim is not null)
                _machine.EndGroup(victim);
            victim = _machine.Group(job, 10, maker);
            _machine.Start(victim, Spin);
            return new(1_000, 9 * Millisecond, After.Sleep);
        });
        _machine.Run(10 * Second);
        Assert.Equal(0.5, (double)honest.Used / (10 * Second), 0.03);
    }

    [Fact]
    public void Weak_ones_that_end_keep_no_new_one_waiting()
    {
        Leaf steady = _machine.Start(_machine.Group(_machine.Root, 1000), Spin);
        ShareGroup weak = _machine.Group(_machine.Root, 1);
        _machine.Start(weak, Spin);
        _machine.Run(20 * Millisecond);
        _machine.EndGroup(weak);
        Leaf late = _machine.Start(_machine.Group(_machine.Root, 1000), Spin);
        ulong before = steady.Used;
        _machine.Run(Second);
        Assert.Equal(1.0, (double)(steady.Used - before) / late.Used, 0.1);
    }

    [Fact]
    public void Who_ran_alone_for_long_owes_nothing_for_it()
    {
        ShareGroup first = _machine.Group(_machine.Root, 10);
        Leaf alone = _machine.Start(first, Spin);
        _machine.Run(100 * Second);
        Leaf late = _machine.Start(_machine.Group(_machine.Root, 10), Spin);
        ulong before = alone.Used;
        _machine.Run(Second);
        Assert.Equal(1.0, (double)(alone.Used - before) / late.Used, 0.1);
    }

    [Fact]
    public void Who_slept_for_long_has_no_claim()
    {
        Leaf steady = _machine.Start(_machine.Group(_machine.Root, 10), Spin);
        bool slept = false;
        Leaf sleeper = _machine.Start(_machine.Group(_machine.Root, 10), () =>
        {
            (bool first, slept) = (!slept, true);
            return first ? new(1, 100 * Second, After.Sleep) : Spin();
        });
        _machine.Run(100 * Second);
        ulong before = steady.Used;
        _machine.Run(Second + 2 * TickLength);
        Assert.Equal(1.0, (double)(steady.Used - before) / sleeper.Used, 0.1);
    }

    [Fact]
    public void Shares_go_by_weight()
    {
        Leaf weak = _machine.Start(_machine.Group(_machine.Root, 1), Spin);
        Leaf strong = _machine.Start(_machine.Group(_machine.Root, 20), Spin);
        _machine.Run(100 * Second);
        Assert.Equal(20.0, (double)strong.Used / weak.Used, 0.5);
    }

    [Fact]
    public void Who_wakes_runs_within_a_slice_and_a_tick_whatever_another_group_does()
    {
        ShareGroup many = _machine.Group(_machine.Root, 10);
        for (int i = 0; i < 1_000; i++)
            _machine.Start(many, Spin);
        Leaf waker = _machine.Start(_machine.Group(_machine.Root, 10),
            () => new(1_000, 50 * Millisecond, After.Sleep));
        _machine.Run(10 * Second);
        Assert.InRange(waker.LongestWait, 0ul, ShareTree.Slice + TickLength);
    }

    // Of ten seconds, those that a lone thread in a group of its own gets.
    private double ShareOfAnother()
    {
        Leaf lone = _machine.Start(_machine.Group(_machine.Root, 10), Spin);
        _machine.Run(10 * Second);
        return (double)lone.Used / (10 * Second);
    }

    private static Turn Spin() => new(ulong.MaxValue, 0, After.Sleep);

    private enum After
    {
        Sleep,
        MakeNext,
        MakeNextAndSleep,
    }

    // What a thread does when it is chosen: runs so long, if it is let, then sleeps so long.
    private readonly record struct Turn(ulong Runs, ulong Sleeps, After Then);

    private sealed class Leaf(Func<Turn> next) : Share(1)
    {
        public Func<Turn> Next { get; } = next;

        public Turn? Rest { get; set; }

        public ulong ReadySince { get; set; }

        public ulong LongestWait { get; set; }
    }

    // A processor, with its tick and a clock of its own.
    private sealed class Machine
    {
        private readonly ShareTree _tree = new(new ShareGroup(1));
        private readonly PriorityQueue<Leaf, ulong> _alarms = new();
        private readonly List<Leaf> _leaves = [];
        private ulong _now;
        private ulong _nextTick = TickLength;
        private Leaf? _current;

        public ShareGroup Root => _tree.Root;

        public ShareGroup Group(ShareGroup outer, ulong weight, Share? maker = null)
        {
            ShareGroup group = new(weight);
            outer.Begin(group, maker, _now);
            return group;
        }

        public Leaf Start(ShareGroup group, Func<Turn> next, Share? maker = null)
        {
            Leaf leaf = new(next) { ReadySince = _now };
            _leaves.Add(leaf);
            group.Begin(leaf, maker, _now);
            _tree.MakeReady(leaf);
            return leaf;
        }

        public void EndGroup(ShareGroup group)
        {
            // Those that are ended here have one thread, which does not sleep.
            Leaf leaf = _leaves.Find(l => l.Group == group)!;
            _leaves.Remove(leaf);
            if (leaf == _current)
            {
                _tree.Stop(_now);
                _current = null;
            }

            _tree.End(leaf);
            _tree.End(group);
        }

        public void Run(ulong time)
        {
            for (ulong end = _now + time; _now < end;)
            {
                _current ??= Choose();
                ulong until = Math.Min(_nextTick, end);
                if (_current is { Rest: { } turn } && turn.Runs < until - _now)
                    EndTurn(_current, turn);
                else
                    GoOn(until);
            }
        }

        private Leaf? Choose()
        {
            if (_tree.TryChoose(_now) is not Leaf leaf)
                return null;
            leaf.LongestWait = Math.Max(leaf.LongestWait, _now - leaf.ReadySince);
            leaf.Rest ??= leaf.Next();
            return leaf;
        }

        private void GoOn(ulong until)
        {
            if (_current is { Rest: { } turn })
                _current.Rest = turn with { Runs = turn.Runs - (until - _now) };
            _now = until;
            if (_now < _nextTick)
                return;
            _nextTick += TickLength;
            while (_alarms.TryPeek(out Leaf? leaf, out ulong time) && time <= _now)
            {
                _alarms.Dequeue();
                leaf.ReadySince = _now;
                _tree.MakeReady(leaf);
            }

            if (_current is null || !_tree.Tick(_now))
                return;
            _current.ReadySince = _now;
            _current = null;
        }

        private void EndTurn(Leaf leaf, Turn turn)
        {
            _now += turn.Runs;
            leaf.Rest = null;
            if (turn.Then != After.Sleep)
                Start(leaf.Group!, leaf.Next, leaf);
            _tree.Stop(_now);
            _current = null;
            if (turn.Then == After.MakeNext)
            {
                _tree.End(leaf);
                return;
            }

            _alarms.Enqueue(leaf, _now + turn.Sleeps);
        }
    }
}

using System.Collections.Generic;
using MemOS.Memory;
using MemOS.Memory.Addresses;

namespace MemOS.Tests.Host.Memory.Model;

/// <content>Memory that others have taken, so that a step runs out of it.</content>
internal sealed partial class MemoryModel
{
    private readonly List<Frame> _taken = [];

    /// <summary>Whether the last step found too little memory.</summary>
    public bool HasRunOut { get; private set; }

    /// <summary>Has the next step find so many frames that no one has a claim to.</summary>
    /// <returns>False if there are fewer.</returns>
    public bool TrySqueeze(ulong left)
    {
        HasRunOut = false;
        _taken.AddRange(_machine.TakeAll());
        if ((ulong)_taken.Count < left)
        {
            Ease();
            return false;
        }

        for (ulong i = 0; i < left; i++)
        {
            GiveOne();
        }

        Assert.Equal(left, _machine.Available);
        return true;
    }

    /// <summary>Gives all back that was taken.</summary>
    public void Ease()
    {
        while (_taken.Count != 0)
        {
            GiveOne();
        }
    }

    private void GiveOne()
    {
        _machine.Frames.Drop(_taken[^1]);
        _taken.RemoveAt(_taken.Count - 1);
    }

    private void Note(VmStatus status) => HasRunOut |= status == VmStatus.OutOfMemory;
}

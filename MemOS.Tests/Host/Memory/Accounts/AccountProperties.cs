using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using MemOS.Memory.Accounts;

namespace MemOS.Tests.Host.Memory.Accounts;

/// <summary>
/// Random trees of accounts beside a list of who holds what: a charge is refused if and only if
/// some account above would have more than its limit in use.
/// </summary>
public sealed class AccountProperties
{
    private static readonly Gen<(int Kind, int Who, int What, uint Amount)[]> _steps = Gen.Select(
        Gen.Int[0, 9], Gen.Int[0, 1000], Gen.Int[0, ResourceAmounts.Count - 1],
        Gen.UInt[0, 400_000], static (kind, who, what, amount) => (kind, who, what, amount))
        .Array[0, 300];

    [Fact]
    public void A_charge_is_refused_only_where_a_limit_would_be_passed() =>
        _steps.Sample(static steps => Play(steps), iter: 2000);

    private static void Play((int Kind, int Who, int What, uint Amount)[] steps)
    {
        World world = new();
        foreach ((int kind, int who, int what, uint amount) in steps)
        {
            Resource resource = (Resource)what;
            // Bytes come by the hundred thousand, all else by the dozen.
            ulong scaled = resource <= Resource.KernelBytes ? amount : amount / 10_000;
            switch (kind)
            {
                case 0:
                    world.AddAccount(who, scaled * 4);
                    break;
                case 1:
                    world.AddPurse(who);
                    break;
                case 2:
                    world.SetLimit(who, resource, scaled * 4);
                    break;
                case 3:
                    world.ClosePurse(who);
                    break;
                case <= 6:
                    world.Return(who, resource, scaled);
                    break;
                default:
                    world.Take(who, resource, scaled);
                    break;
            }
        }

        world.Compare();
    }

    // Who holds what, by purses; closed ones hold on to what they have.
    private sealed class World
    {
        private readonly List<(Account Account, int Parent, ulong[] Limits)> _accounts = [];
        private readonly List<(Purse Purse, int Account, ulong[] Held)> _purses = [];
        private readonly HashSet<int> _closed = [];

        internal World()
        {
            _accounts.Add((new Account(null, ResourceAmounts.Unlimited), -1, NoLimits()));
            AddPurse(0);
        }

        internal void AddAccount(int who, ulong limit)
        {
            int parent = who % _accounts.Count;
            ulong[] limits = NoLimits();
            int limited = (int)(limit % ResourceAmounts.Count);
            limits[limited] = limit;
            _accounts.Add((
                new Account(_accounts[parent].Account, Amounts(limits)), parent, limits));
            AddPurse(_accounts.Count - 1);
        }

        internal void AddPurse(int who)
        {
            int account = who % _accounts.Count;
            _purses.Add((
                new Purse(_accounts[account].Account), account, new ulong[ResourceAmounts.Count]));
        }

        internal void SetLimit(int who, Resource resource, ulong limit)
        {
            (Account account, _, ulong[] limits) = _accounts[who % _accounts.Count];
            limits[(int)resource] = limit;
            account.SetLimits(Amounts(limits));
        }

        internal void ClosePurse(int who)
        {
            int index = who % _purses.Count;
            if (_closed.Add(index))
                _purses[index].Purse.Close();
        }

        internal void Take(int who, Resource resource, ulong amount)
        {
            int index = who % _purses.Count;
            if (_closed.Contains(index))
                return;
            (Purse purse, int account, ulong[] held) = _purses[index];
            // A purse may still have what it was charged for before a limit was lowered.
            bool isKept = amount <= purse.Kept[resource];
            bool isAllowed = isKept || Fits(account, resource, amount);
            Assert.Equal(isAllowed, purse.TryTake(resource, amount));
            if (isAllowed)
                held[(int)resource] += amount;
        }

        internal void Return(int who, Resource resource, ulong amount)
        {
            (Purse purse, _, ulong[] held) = _purses[who % _purses.Count];
            amount = Math.Min(amount, held[(int)resource]);
            purse.Return(resource, amount);
            held[(int)resource] -= amount;
        }

        internal void Compare()
        {
            _accounts[0].Account.Settle();
            for (int i = 0; i < _accounts.Count; i++)
            {
                for (Resource one = 0; one < (Resource)ResourceAmounts.Count; one++)
                    Assert.Equal(InUse(i, one), _accounts[i].Account.Charged[one]);
            }
        }

        private bool Fits(int account, Resource resource, ulong amount)
        {
            for (int at = account; at >= 0; at = _accounts[at].Parent)
            {
                if (InUse(at, resource) + amount > _accounts[at].Limits[(int)resource])
                    return false;
            }
            return true;
        }

        private ulong InUse(int account, Resource resource) => _purses
            .Where(one => IsWithin(one.Account, account))
            .Aggregate(0ul, (sum, one) => sum + one.Held[(int)resource]);

        private bool IsWithin(int account, int other)
        {
            while (account > other)
                account = _accounts[account].Parent;
            return account == other;
        }

        private static ulong[] NoLimits()
        {
            ulong[] limits = new ulong[ResourceAmounts.Count];
            Array.Fill(limits, ulong.MaxValue / 2);
            return limits;
        }

        private static ResourceAmounts Amounts(ulong[] limits)
        {
            ResourceAmounts amounts = default;
            for (int i = 0; i < limits.Length; i++)
                amounts[(Resource)i] = limits[i];
            return amounts;
        }
    }
}

using System.Collections.Generic;
using System.Linq;
using MemOS.Memory.Accounts;

namespace MemOS.Tests.Host.Memory.Accounts;

/// <summary>Single rules of accounts and purses; see AccountProperties too.</summary>
public sealed class AccountTests
{
    private const Resource Any = Resource.Regions;

    private readonly Account _root = new(null, LimitOf(1000));

    [Fact]
    public void What_is_charged_is_charged_to_all_above()
    {
        Account child = new(_root, ResourceAmounts.Unlimited);
        Account grandchild = new(child, ResourceAmounts.Unlimited);
        Assert.True(grandchild.TryCharge(Any, 7));
        Assert.Equal([7ul, 7, 7], Charged(_root, child, grandchild));
        grandchild.Return(Any, 3);
        Assert.Equal([4ul, 4, 4], Charged(_root, child, grandchild));
    }

    [Fact]
    public void An_audit_finds_what_is_charged_and_not_there_and_begins_anew_each_time()
    {
        Account child = new(_root, ResourceAmounts.Unlimited);
        Assert.True(child.TryCharge(Any, 7));
        child.Meet(Some(3), audit: 1);
        child.Meet(Some(4), audit: 1);
        _root.Meet(Some(1), audit: 1);
        // The root is charged 7, and 8 were met.
        Assert.Equal(Any, child.FindMischarged(1, out ulong charged, out ulong met));
        Assert.Equal((7ul, 8ul), (charged, met));
        Assert.Null(child.FindMischarged(1, out _, out _));

        child.Meet(Some(7), audit: 2);
        Assert.Null(child.FindMischarged(2, out _, out _));
        Assert.Equal(Any, child.FindMischarged(3, out charged, out met));
        Assert.Equal((7ul, 0ul), (charged, met));
    }

    [Fact]
    public void A_charge_that_one_above_refuses_has_changed_nothing()
    {
        Account child = new(_root, ResourceAmounts.Unlimited);
        Assert.True(child.TryCharge(Any, 999));
        Assert.False(child.TryCharge(Any, 2));
        Assert.Equal([999ul, 999], Charged(_root, child));
        Assert.True(child.TryCharge(Any, 1));
    }

    [Fact]
    public void A_limit_is_never_above_what_the_parent_has()
    {
        Account child = new(_root, LimitOf(5000));
        Account grandchild = new(child, LimitOf(10));
        Assert.Equal(1000ul, child.Limits[Any]);
        Assert.Equal(10ul, grandchild.Limits[Any]);
        _root.SetLimits(LimitOf(3));
        Assert.Equal(3ul, grandchild.Limits[Any]);
    }

    [Fact]
    public void A_limit_below_what_is_used_lets_nothing_more_be_charged()
    {
        Assert.True(_root.TryCharge(Any, 500));
        _root.SetLimits(LimitOf(100));
        Assert.False(_root.TryCharge(Any, 1));
        _root.Return(Any, 450);
        Assert.True(_root.TryCharge(Any, 50));
        Assert.False(_root.TryCharge(Any, 1));
    }

    [Fact]
    public void No_charge_is_refused_for_what_another_purse_keeps()
    {
        Account child = new(_root, ResourceAmounts.Unlimited);
        Purse[] purses = [new(_root), new(child), new(child)];
        foreach (Purse purse in purses)
        {
            Assert.True(purse.TryTake(Any, 1));
            Assert.NotEqual(0ul, purse.Kept[Any]);
        }

        Assert.True(purses[2].TryTake(Any, 997));
        Assert.False(purses[0].TryTake(Any, 1));
        Assert.Equal(1000ul, _root.Charged[Any]);
        Assert.Equal(999ul, child.Charged[Any]);
    }

    [Fact]
    public void What_is_returned_after_the_end_goes_to_the_accounts_above()
    {
        Account child = new(_root, ResourceAmounts.Unlimited);
        Purse purse = new(child);
        Assert.True(purse.TryTake(Any, 20));
        purse.Close();
        Assert.Equal(20ul, _root.Settle()[Any]);
        purse.Return(Any, 19);
        Assert.Equal(1ul, _root.Charged[Any]);
        purse.Return(Any, 1);
        Assert.Equal(0ul, _root.Charged[Any]);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(ulong.MaxValue - 15)]
    public void An_amount_near_the_greatest_number_is_refused_and_changes_nothing(ulong amount)
    {
        Purse purse = new(_root);
        Assert.False(purse.TryTake(Any, amount));
        Assert.True(purse.TryTake(Any, 1));
        Assert.False(purse.TryTake(Any, amount));
        Assert.Equal(1ul, _root.Settle()[Any]);
    }

    [Fact]
    public void Only_so_many_purses_keep_something()
    {
        Account root = new(null, ResourceAmounts.Unlimited);
        List<Purse> purses = [];
        for (int i = 0; i < 3 * Keepers.Most; i++)
        {
            Purse purse = new(new Account(root, ResourceAmounts.Unlimited));
            Assert.True(purse.TryTake(Any, 1));
            purses.Add(purse);
        }

        Assert.Equal(Keepers.Most, purses.Count(purse => purse.Kept[Any] != 0));
        purses[0].Return(Any, 1);
        Assert.Equal(Keepers.Most, purses.Count(purse => purse.Kept[Any] != 0));
        Assert.Equal((ulong)purses.Count - 1, root.Settle()[Any]);
        Assert.DoesNotContain(purses, purse => purse.Kept[Any] != 0);
    }

    [Fact]
    public void Giving_back_and_taking_again_touches_no_account()
    {
        Purse purse = new(_root);
        Assert.True(purse.TryTake(Any, 1));
        ulong charged = _root.Charged[Any];
        for (int i = 0; i < 100; i++)
        {
            Assert.True(purse.TryTake(Any, 1));
            Assert.Equal(charged, _root.Charged[Any]);
            purse.Return(Any, 1);
        }

        Assert.Equal(charged, _root.Charged[Any]);
        Assert.Equal(1ul, _root.Settle()[Any]);
    }

    private static ResourceAmounts Some(ulong amount)
    {
        ResourceAmounts amounts = default;
        amounts[Any] = amount;
        return amounts;
    }

    private static ResourceAmounts LimitOf(ulong amount)
    {
        ResourceAmounts limits = ResourceAmounts.Unlimited;
        limits[Any] = amount;
        return limits;
    }

    private static IEnumerable<ulong> Charged(params Account[] accounts) =>
        accounts.Select(account => account.Charged[Any]);
}

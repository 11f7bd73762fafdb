using Xunit;

namespace LocalAws.Tests;

public sealed class ChanceTests
{
    [Fact]
    public void Equal_seeds_give_equal_worlds() => Assert.Equal(Drawn(new(7)), Drawn(new(7)));

    [Fact]
    public void Other_seeds_give_other_worlds() => Assert.NotEqual(Drawn(new(7)), Drawn(new(8)));

    [Fact]
    public void Ids_have_awss_form()
    {
        var chance = new Chance(1);

        Assert.Matches("^sg-0[0-9a-f]{16}$", chance.Id("sg"));
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$", chance.Uuid());
    }

    [Fact]
    public void Bounds_hold()
    {
        var chance = new Chance(1);

        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.InRange(chance.Next(3, 5), 3, 5));
        Assert.Equal([3, 4, 5], Enumerable.Range(0, 1_000).Select(_ => chance.Next(3, 5)).Distinct().Order());
        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.InRange(chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)));
    }

    private static string Drawn(Chance chance) => chance.Id("vpc") + chance.Uuid() + chance.Next(0, 1_000) + chance.NextDouble();
}

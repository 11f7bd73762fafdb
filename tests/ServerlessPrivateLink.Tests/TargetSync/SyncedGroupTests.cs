using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.TargetSync;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

public sealed class SyncedGroupTests
{
    [Theory]
    [InlineData("orders-prod", DatabaseKind.Instance, null)]
    [InlineData("ledger/writer", DatabaseKind.ClusterWriter, "ledger")]
    [InlineData("ledger/reader", DatabaseKind.ClusterReader, "ledger")]
    [InlineData("pg.corp.example", DatabaseKind.Host, null)]
    public void A_databases_name_tells_its_kind(string database, DatabaseKind kind, string? cluster)
    {
        var group = SyncedGroup.Read(Groups.Arn, Groups.Tags((ResourceTags.Database, database)));

        Assert.Equal((kind, cluster), (group.Kind, group.Cluster));
    }

    [Theory]
    [InlineData(ResourceTags.Port, "")]
    [InlineData(ResourceTags.Port, "0")]
    [InlineData(ResourceTags.Port, "65536")]
    [InlineData(ResourceTags.Port, "five")]
    [InlineData(ResourceTags.Link, "")]
    [InlineData(ResourceTags.AllowedCidrs, "10.9.0.0/16 everything")]
    public void A_tag_that_says_what_it_cannot_say_is_named(string key, string value)
    {
        var refused = Assert.Throws<GroupTagsException>(() => SyncedGroup.Read(Groups.Arn, Groups.Tags((key, value))));

        Assert.Contains(key, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_is_no_cluster_needs_its_name()
    {
        Assert.Throws<GroupTagsException>(() => SyncedGroup.Read(Groups.Arn, Groups.Tags().Remove(ResourceTags.Host)));
        Assert.Null(SyncedGroup.Read(Groups.Arn, Groups.Tags((ResourceTags.Database, "ledger/writer")).Remove(ResourceTags.Host)).Host);
    }

    [Fact]
    public void What_a_run_notes_the_next_one_reads()
    {
        var told = new Told(SyncMood.Refused, SyncRule.ResolverSilent, "0123456789ab", Groups.Noon);

        var group = SyncedGroup.Read(Groups.Arn, Groups.Tags(
            (ResourceTags.Addresses, "10.20.0.1 10.20.0.2"),
            (ResourceTags.Since, "2026-01-01T12:00:00.000Z"),
            (ResourceTags.Told, told.Text),
            (ResourceTags.Next, "2026-01-01T12:01:00.000Z"),
            (ResourceTags.AllowedCidrs, "10.9.0.0/16 10.8.0.0/16")));

        Assert.Equal(new Sighting("10.20.0.1 10.20.0.2", Groups.Noon), group.Seen);
        Assert.Equal(told, group.Told);
        Assert.Equal(Groups.Noon.AddMinutes(1), group.Next);
        Assert.Equal(["10.9.0.0/16", "10.8.0.0/16"], group.AllowedCidrs.ToArray());
    }

    [Fact]
    public void The_places_of_a_kept_standby_are_read_as_they_were_noted()
    {
        var places = new NotedPlaces(new("eni-0123456789abcdef0", "10.20.0.2"), new("eni-0fedcba9876543210", "10.20.0.1"));

        var group = SyncedGroup.Read(Groups.Arn, Groups.Tags((ResourceTags.Standby, "keep"), (ResourceTags.Places, places.Text)));

        Assert.True(group.KeepsStandby);
        Assert.Equal(places, group.Places);
        Assert.Equal(places with { Standby = null }, SyncedGroup.Read(Groups.Arn, Groups.Tags((ResourceTags.Places, places.Primary.Text))).Places);
        Assert.Matches(@"\A[A-Za-z0-9 +\-=._:/@]{1,256}\z", places.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("keep it")]
    [InlineData("Keep")]
    public void A_standby_is_kept_by_one_word_alone(string word) => Assert.False(SyncedGroup.Read(Groups.Arn, Groups.Tags((ResourceTags.Standby, word))).KeepsStandby);

    [Theory]
    [InlineData("")]
    [InlineData("eni-1")]
    [InlineData("eni-1=")]
    [InlineData("eni-1=10.20.0.1 eni-2")]
    [InlineData("eni-1=10.20.0.1 eni-2=10.20.0.2 eni-3=10.20.0.3")]
    public void A_note_of_places_that_is_none_counts_as_nothing_known(string text) => Assert.Null(SyncedGroup.Read(Groups.Arn, Groups.Tags((ResourceTags.Places, text))).Places);

    [Theory]
    [InlineData("")]
    [InlineData("Following")]
    [InlineData("Following=yesterday=ab")]
    [InlineData("Elsewhere=2026-01-01T12:00:00.000Z=ab")]
    [InlineData("Refused:NoSuchRule=2026-01-01T12:00:00.000Z=ab")]
    public void A_note_that_is_none_counts_as_nothing_told(string text) => Assert.Null(Told.Read(text));

    [Fact]
    public void Notes_fit_into_tags()
    {
        var longest = from mood in Enum.GetValues<SyncMood>() from rule in Enum.GetValues<SyncRule>() select new Told(mood, rule, new('a', 12), Groups.Noon).Text;

        Assert.All(longest, static text =>
        {
            Assert.True(text.Length <= 256);
            // Elastic Load Balancing API Reference, Tag.
            Assert.Matches(@"\A[A-Za-z0-9 +\-=._:/@]*\z", text);
        });
    }

    [Fact]
    public void More_addresses_than_a_tag_holds_are_noted_by_their_fingerprint()
    {
        var many = Enumerable.Range(100, 30).Select(static i => $"10.20.100.{i}");

        var seen = Sighting.After(null, Whereabouts.Of(many), Groups.Noon)!;

        Assert.True(seen.Addresses.Length <= 256);
        Assert.False(Sighting.Moved(seen, Whereabouts.Of(many)));
        Assert.True(Sighting.Moved(seen, Whereabouts.Of(many.Skip(1))));
    }

    [Fact]
    public void A_sighting_keeps_its_beginning_while_nothing_moves_or_nothing_is_known()
    {
        var seen = new Sighting("10.20.0.1", Groups.Noon);

        Assert.Same(seen, Sighting.After(seen, Whereabouts.Of(["10.20.0.1"]), Groups.Noon.AddHours(1)));
        Assert.Same(seen, Sighting.After(seen, Whereabouts.Of([]), Groups.Noon.AddHours(1)));
        Assert.Same(seen, Sighting.After(seen, Whereabouts.Of(["10.20.0.2"], new Doubt(SyncRule.ResolverSilent, "")), Groups.Noon.AddHours(1)));
        Assert.Equal(new("10.20.0.2", Groups.Noon.AddHours(1)), Sighting.After(seen, Whereabouts.Of(["10.20.0.2"]), Groups.Noon.AddHours(1)));
    }
}

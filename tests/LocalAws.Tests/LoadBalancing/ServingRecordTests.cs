using LocalAws.LoadBalancing;
using LocalAws.Rds;
using LocalAws.Tests.Accounts;
using Xunit;

namespace LocalAws.Tests.LoadBalancing;

public sealed class ServingRecordTests
{
    private readonly ExampleAccount account = new();
    private readonly string group;

    public ServingRecordTests()
    {
        group = account.Serve().TargetGroupArn;
        account.Pass(300);
    }

    private DbInstance Orders => account.Cloud.Rds.FindInstance("orders-prod")!;

    private TargetGroup Group => account.Cloud.LoadBalancing.Find<TargetGroup>(group)!;

    private DateTimeOffset Now => account.Cloud.Time.GetUtcNow();

    [Fact]
    public void A_target_is_able_as_soon_as_it_is_registered_and_healthy_at_the_instant_of_its_first_check()
    {
        using var record = ServingRecord.Of(account.Cloud, Group, Orders);
        account.Pass(10);

        account.Register(group, account.AddressOfOrders());
        account.Pass(300);

        var target = Assert.Single(Group.TargetsAt(Now));
        Assert.Equal([(0, 0, true), (1, 0, false), (1, 1, false)], record.Moments.Select(static moment => (moment.Able, moment.Healthy, moment.IsEmpty)));
        Assert.Equal(target.RegisteredAt, record.Moments[1].At);
        Assert.Equal(target.RegisteredAt + target.InitialFor, record.Moments[^1].At);
    }

    [Fact]
    public void It_is_empty_from_when_the_database_answers_elsewhere_until_that_is_registered()
    {
        account.Register(group, account.AddressOfOrders());
        account.Pass(300);
        var (record, began) = (ServingRecord.Of(account.Cloud, Group, Orders), Now);

        var failover = account.Cloud.Rds.Failovers.Begin(Orders, FailoverCourse.Plain(FailoverKind.Instance));
        account.Pass(90);
        account.Register(group, failover.NewAddress.ToString());
        account.Pass(30);
        record.Dispose();

        var registered = Group.TargetsAt(Now).Single(target => target.Address.Equals(failover.NewAddress)).RegisteredAt;
        Assert.Equal(registered - failover.AnswersAt, record.Spent(static moment => moment.IsEmpty, began, Now));
        Assert.Equal(registered - failover.BeganAt, record.Spent(static moment => moment.Able == 0, began, Now));
        Assert.Equal(TimeSpan.FromSeconds(5), record.Spent(static moment => moment.IsEmpty, failover.AnswersAt - TimeSpan.FromSeconds(5), failover.AnswersAt + TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void A_clusters_former_writer_misleads_who_is_sent_there_and_a_draining_target_serves_nobody()
    {
        var ledger = account.Cloud.Rds.FindCluster("ledger")!;
        var (writer, reader) = (account.Cloud.Rds.FindInstance("ledger-1")!, account.Cloud.Rds.FindInstance("ledger-2")!);
        foreach (var member in new[] { writer, reader })
            account.Cloud.Ec2.Ports.Open(member.Address!, 5432, [], Now);
        account.Register(group, writer.Address!.ToString());
        using var writers = ServingRecord.Of(account.Cloud, Group, ledger, writer: true);
        using var readers = ServingRecord.Of(account.Cloud, Group, ledger, writer: false);
        Assert.Equal((1, 0), (writers.Moments[^1].Able, readers.Moments[^1].Able));

        RdsState.FailOver(ledger, reader.Identifier);
        account.Pass(5);
        Assert.Equal((0, true, true), (writers.Moments[^1].Able, writers.Moments[^1].IsEmpty, Assert.Single(writers.Moments[^1].Targets).IsMisleading));
        Assert.Equal(1, readers.Moments[^1].Able);

        account.Deregister(group, writer.Address!.ToString());
        account.Pass(5);
        Assert.Equal((0, "draining", false), (readers.Moments[^1].Able, Assert.Single(readers.Moments[^1].Targets).State, readers.Moments[^1].Targets[0].IsMisleading));
        account.Pass(300);
        Assert.Empty(readers.Moments[^1].Targets);
    }

    [Fact]
    public void A_disposed_record_sees_no_more()
    {
        var record = ServingRecord.Of(account.Cloud, Group, Orders);
        record.Dispose();

        account.Register(group, account.AddressOfOrders());
        account.Pass(5);

        Assert.Equal(0, Assert.Single(record.Moments).Able);
    }
}

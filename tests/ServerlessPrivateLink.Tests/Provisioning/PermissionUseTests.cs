using LocalAws.Templates;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning;

public sealed class PermissionUseTests
{
    [Fact]
    public void No_permission_could_be_taken_away()
    {
        var world = new World();
        var host = $$"""{ "host": "{{World.Warehouse}}", "port": 5439, "listenerPort": 7003, "allowedCidrs": ["10.9.0.0/16"] }""";
        string Document(int orders, int ledger, string consumers) => World.Document(
            $$"""{{host}}, { "instance": "orders-prod", "listenerPort": {{orders}} }, { "cluster": "ledger", "endpoint": "writer", "listenerPort": {{ledger}} }""", consumers);

        world.Build(World.Document(host, "\"133737826969\", \"210987654321\""));
        world.Cloud.Ec2.Services.Connect(world.Service.Name, "210987654321");
        world.Build(Document(7001, 7002, "\"133737826969\""));
        RecoveryTests.ChangeHealthCheck(world);
        world.Build(Document(7002, 7001, """{ "principal": "133737826969", "accept": "ask", "regions": ["eu-west-1"] }"""));
        world.Provision("{}");

        Assert.Empty(world.Deployed.Dispensable(world.Cloud.Access).Select(static permission => permission.ToString()));
    }
}

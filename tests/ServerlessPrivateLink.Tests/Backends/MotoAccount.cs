using System.Collections.Immutable;
using System.Net;
using System.Xml.Linq;
using LocalAws.Access;
using LocalAws.Tests.Moto;

namespace ServerlessPrivateLink.Tests.Backends;

/// <summary>An account on moto with what a link needs to stand there: a VPC with a subnet in each of three zones, a database and two topics.</summary>
/// <param name="server">Where it is opened.</param>
internal sealed class MotoAccount(MotoServer server)
{
    public const string Id = "123456789012";

    public const string Region = "eu-central-1";

    private static readonly string[] Zones = ["a", "b", "c"];

    public Remote Open()
    {
        server.Reset();
        var vpc = Ec2("CreateVpc", "vpcId", "CidrBlock=10.20.0.0/16");
        ImmutableArray<string> subnets = [.. Zones.Select((zone, at) => Ec2("CreateSubnet", "subnetId", $"VpcId={vpc}", $"CidrBlock=10.20.{at}.0/24", $"AvailabilityZone={Region}{zone}"))];
        var group = Ec2("CreateSecurityGroup", "groupId", "GroupName=database", "GroupDescription=database", $"VpcId={vpc}");
        Rds("CreateDBSubnetGroup", ["DBSubnetGroupName=data", "DBSubnetGroupDescription=data", .. subnets.Select((subnet, at) => $"SubnetIds.SubnetIdentifier.{at + 1}={subnet}")]);
        Rds("CreateDBInstance", [
            "DBInstanceIdentifier=orders-prod", "DBInstanceClass=db.r6g.large", "Engine=postgres", "AllocatedStorage=20", "MasterUsername=owner", "MasterUserPassword=not-a-secret",
            "DBSubnetGroupName=data", $"VpcSecurityGroupIds.VpcSecurityGroupId.1={group}", "MultiAZ=true"]);
        var settings = new StackSettings("prod", Id, Region, "aws", vpc, subnets, Topic("alerts"), Topic("connections"));
        return new(settings, new IssuedKey("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "token"), [IPAddress.Parse("10.20.0.7")]);
    }

    private string Topic(string name) => Value(server.Query("sns", "2010-03-31", "Action=CreateTopic", $"Name={name}"), "TopicArn");

    private string Ec2(string action, string id, params string[] parameters) => Value(server.Query("ec2", "2016-11-15", [$"Action={action}", .. parameters]), id);

    private void Rds(string action, string[] parameters) => server.Query("rds", "2014-10-31", [$"Action={action}", .. parameters]);

    private static string Value(XElement answer, string name) => answer.Descendants().First(element => element.Name.LocalName == name).Value;
}

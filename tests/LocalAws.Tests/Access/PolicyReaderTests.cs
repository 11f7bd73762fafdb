using System.Text.Json.Nodes;
using LocalAws.Access;
using Xunit;

namespace LocalAws.Tests.Access;

public sealed class PolicyReaderTests
{
    [Fact]
    public void A_single_value_and_a_list_mean_the_same()
    {
        var one = Statement("""{"Effect":"Allow","Action":"ec2:CreateTags","Resource":"*","Condition":{"StringEquals":{"ec2:CreateAction":"CreateVpc"}}}""");
        var list = Statement("""{"Effect":"Allow","Action":["ec2:CreateTags"],"Resource":["*"],"Condition":{"StringEquals":{"ec2:CreateAction":["CreateVpc"]}}}""");

        Assert.Equal(one.Actions, list.Actions.AsEnumerable());
        Assert.Equal(one.Resources, list.Resources.AsEnumerable());
        Assert.Equal(one.Conditions.Single().Values, list.Conditions.Single().Values.AsEnumerable());
        Assert.Equal("Statement0", one.Id);
    }

    [Theory]
    [InlineData("""{"Effect":"Allow","NotAction":"ec2:*","Resource":"*"}""", "Statement[0].NotAction")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:*","NotResource":"*"}""", "Statement[0].NotResource")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:*","Resource":"*","Principal":"*"}""", "Statement[0].Principal")]
    [InlineData("""{"Effect":"allow","Action":"ec2:*","Resource":"*"}""", "Statement[0].Effect")]
    [InlineData("""{"Action":"ec2:*","Resource":"*"}""", "Statement[0].Effect")]
    [InlineData("""{"Effect":"Allow","Action":"DescribeVpcs","Resource":"*"}""", "Statement[0].Action")]
    [InlineData("""{"Effect":"Allow","Action":[],"Resource":"*"}""", "Statement[0].Action")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:*"}""", "Statement[0].Resource")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:*","Resource":"vpc/*"}""", "Statement[0].Resource")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:*","Resource":"arn:aws:sns:*"}""", "Statement[0].Resource")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:*","Resource":"arn:aws:ec2:*:*:vpc/${aws:userid"}""", "Statement[0].Resource")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"StringMatches":{"ec2:Vpc":"a"}}}""", "Statement[0].Condition.StringMatches")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"StringEquals":{"aws:RequestTga/x":"a"}}}""", "Statement[0].Condition.StringEquals.aws:RequestTga/x")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"StringEquals":{"Vpc":"a"}}}""", "Statement[0].Condition.StringEquals.Vpc")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"StringEquals":{"aws:TagKeys":"a"}}}""", "Statement[0].Condition.StringEquals.aws:TagKeys")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"StringEquals":{"ec2:Vpc":{}}}}""", "Statement[0].Condition.StringEquals.ec2:Vpc")]
    [InlineData("""7""", "Statement[0]")]
    public void What_is_not_known_is_refused_by_its_path(string statement, string path) =>
        Assert.Equal(path, Assert.Throws<PolicyException>(() => Statement(statement)).Path);

    [Theory]
    [InlineData("""{"Version":"2008-10-17","Statement":[]}""", "Version")]
    [InlineData("""{"Version":"2012-10-17","Statements":[]}""", "Statements")]
    [InlineData("""{"Version":"2012-10-17"}""", "Statement[0]")]
    [InlineData("""{"Statement":[{"Sid":"A","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"A","Effect":"Allow","Action":"*","Resource":"*"}]}""", "Statement")]
    public void A_document_is_read_as_strictly(string document, string path) =>
        Assert.Equal(path, Assert.Throws<PolicyException>(() => Policy.Read("p", JsonNode.Parse(document))).Path);

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*"}""", "Statement[0].Principal")]
    [InlineData("""{"Effect":"Allow","Principal":"someone","Action":"*","Resource":"*"}""", "Statement[0].Principal")]
    [InlineData("""{"Effect":"Allow","Principal":{"Federated":"x"},"Action":"*","Resource":"*"}""", "Statement[0].Principal.Federated")]
    [InlineData("""{"Effect":"Allow","NotPrincipal":"*","Action":"*","Resource":"*"}""", "Statement[0].Principal")]
    public void A_resource_policy_says_who(string statement, string path) =>
        Assert.Equal(path, Assert.Throws<PolicyException>(() => ResourcePolicy.Read("p", Document(statement))).Path);

    private static Statement Statement(string statement) => Policy.Read("p", Document(statement)).Statements.Single();

    private static JsonObject Document(string statement) => new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(JsonNode.Parse(statement)) };
}

using LocalAws.Sns;
using LocalAws.Sqs;
using LocalAws.Wire;
using Xunit;

namespace LocalAws.Tests.Sns;

/// <summary>Amazon SNS Developer Guide, "Amazon SNS subscription filter policies": its examples and what lies beside them.</summary>
public sealed class FilterPolicyTests
{
    [Theory]
    [InlineData("""{"interests":["rugby","tennis"]}""", "String", "rugby", true)]
    [InlineData("""{"interests":["rugby","tennis"]}""", "String", "baseball", false)]
    [InlineData("""{"interests":["rugby"]}""", "String", "Rugby", false)]
    [InlineData("""{"interests":["rugby"]}""", "String.Array", "[\"rugby\",\"tennis\"]", true)]
    [InlineData("""{"interests":["rugby"]}""", "String.Array", "[\"baseball\"]", false)]
    [InlineData("""{"interests":["rugby"]}""", "String.Array", "no array", false)]
    [InlineData("""{"interests":[{"anything-but":["rugby","tennis"]}]}""", "String", "baseball", true)]
    [InlineData("""{"interests":[{"anything-but":["rugby","tennis"]}]}""", "String", "rugby", false)]
    [InlineData("""{"interests":[{"anything-but":["rugby","tennis"]}]}""", "String.Array", "[\"rugby\",\"baseball\"]", true)]
    [InlineData("""{"interests":[{"anything-but":["rugby","tennis"]}]}""", "String.Array", "[\"rugby\"]", false)]
    [InlineData("""{"interests":[{"anything-but":{"prefix":"order-"}}]}""", "String", "order-1", false)]
    [InlineData("""{"interests":[{"anything-but":{"prefix":"order-"}}]}""", "String", "data", true)]
    [InlineData("""{"interests":[{"prefix":"bas"}]}""", "String", "baseball", true)]
    [InlineData("""{"interests":[{"prefix":"bas"}]}""", "String", "Baseball", false)]
    [InlineData("""{"interests":[{"suffix":"ball"}]}""", "String", "baseball", true)]
    [InlineData("""{"interests":[{"suffix":"ball"}]}""", "String", "rugby", false)]
    [InlineData("""{"interests":[{"equals-ignore-case":"tennis"}]}""", "String", "TEnnis", true)]
    [InlineData("""{"interests":[{"cidr":"10.0.0.0/24"}]}""", "String", "10.0.0.255", true)]
    [InlineData("""{"interests":[{"cidr":"10.0.0.0/24"}]}""", "String", "10.1.1.0", false)]
    [InlineData("""{"interests":[{"numeric":["=",301.5]}]}""", "Number", "3.015e2", true)]
    [InlineData("""{"interests":[301.5]}""", "Number", "301.50", true)]
    [InlineData("""{"interests":[301.5]}""", "String", "301.5", false)]
    [InlineData("""{"interests":["301.5"]}""", "Number", "301.5", false)]
    [InlineData("""{"interests":[{"numeric":[">",0,"<=",150]}]}""", "Number", "150", true)]
    [InlineData("""{"interests":[{"numeric":[">",0,"<=",150]}]}""", "Number", "0", false)]
    [InlineData("""{"interests":[{"numeric":["<",-5]}]}""", "Number", "-5.00001", true)]
    [InlineData("""{"interests":[{"anything-but":[100,500]}]}""", "Number", "100", false)]
    [InlineData("""{"interests":[{"anything-but":[100,500]}]}""", "Number", "101", true)]
    [InlineData("""{"interests":[{"exists":true}]}""", "String", "any", true)]
    [InlineData("""{"interests":[{"exists":false}]}""", "String", "any", false)]
    [InlineData("""{"other":[{"exists":false}]}""", "String", "any", true)]
    [InlineData("""{"other":[{"exists":true}]}""", "String", "any", false)]
    [InlineData("""{"other":["x"]}""", "String", "any", false)]
    [InlineData("""{"interests":["x"],"other":["y"]}""", "String", "x", false)]
    [InlineData("""{"$or":[{"interests":["x"]},{"other":["y"]}]}""", "String", "x", true)]
    [InlineData("""{"$or":[{"interests":["z"]},{"other":["y"]}]}""", "String", "x", false)]
    public void Attributes_are_taken_or_not(string policy, string type, string value, bool taken)
    {
        var attributes = MessageAttributes.None.Add("interests", new(type, value));

        Assert.Equal(taken, FilterPolicyReader.Read(policy, ofBody: false).Takes(attributes));
    }

    [Fact]
    public void A_binary_attribute_is_not_looked_at() =>
        Assert.False(FilterPolicyReader.Read("""{"a":[{"exists":true}]}""", ofBody: false).Takes(MessageAttributes.None.Add("a", new("Binary", "AQI="))));

    [Theory]
    [InlineData("""{"a":{"b":["x"]}}""", """{"a":{"b":"x"}}""", true)]
    [InlineData("""{"a":{"b":["x"]}}""", """{"a":{"c":"x"}}""", false)]
    [InlineData("""{"a":{"b":["x"]}}""", """{"a":[{"b":"y"},{"b":"x"}]}""", true)]
    [InlineData("""{"a":{"b":["x"],"c":[1]}}""", """{"a":[{"b":"x","c":2},{"b":"y","c":1}]}""", false)]
    [InlineData("""{"a":["x"]}""", """{"a":["y","x"]}""", true)]
    [InlineData("""{"a":[true,null]}""", """{"a":null}""", true)]
    [InlineData("""{"a":[true]}""", """{"a":"true"}""", false)]
    [InlineData("""{"a":[{"exists":true}]}""", """{"a":{"b":1}}""", true)]
    [InlineData("""{"a":["x"]}""", "[]", false)]
    [InlineData("""{"a":["x"]}""", "text", false)]
    public void Bodies_are_taken_or_not(string policy, string body, bool taken) =>
        Assert.Equal(taken, FilterPolicyReader.Read(policy, ofBody: true).Takes(body));

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"a":"x"}""")]
    [InlineData("""{"a":[]}""")]
    [InlineData("""{"a":{"b":["x"]}}""")]
    [InlineData("""{"a":[{"sounds-like":"x"}]}""")]
    [InlineData("""{"a":[{"prefix":"x","suffix":"y"}]}""")]
    [InlineData("""{"a":[{"exists":"yes"}]}""")]
    [InlineData("""{"a":[{"cidr":"10.0.0.0"}]}""")]
    [InlineData("""{"a":[{"numeric":[">"]}]}""")]
    [InlineData("""{"a":[{"numeric":["<",1,">",0]}]}""")]
    [InlineData("""{"a":[1000000001]}""")]
    [InlineData("""{"a":[["x"]]}""")]
    [InlineData("""{"$or":[{"a":["x"]}]}""")]
    [InlineData("""{"a":["x"],"b":["x"],"c":["x"],"d":["x"],"e":["x"],"f":["x"]}""")]
    [InlineData("""{"a":[1,2,3,4,5,6],"b":[1,2,3,4,5,6],"c":[1,2,3,4,5]}""")]
    public void A_policy_outside_the_rules_is_refused(string policy) =>
        Assert.Equal("InvalidParameter", Assert.Throws<AwsErrorException>(() => FilterPolicyReader.Read(policy, ofBody: false)).Code);
}

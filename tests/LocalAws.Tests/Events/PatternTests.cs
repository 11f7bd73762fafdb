using System.Text.Json.Nodes;
using LocalAws.Events;
using LocalAws.Wire;
using Xunit;

namespace LocalAws.Tests.Events;

public sealed class PatternTests
{
    private const string Happened = """
        {"source":"aws.rds","detail-type":"RDS DB Instance Event","resources":["arn:aws:rds:eu-central-1:1:db:orders","arn:b"],
         "detail":{"EventCategories":["failover","backup"],"EventID":"RDS-EVENT-0049","count":3.5,"ip":"10.0.1.7","empty":"","none":null,"flag":true,
                   "path":"a*b\\c","people":[{"name":"Ann","age":40},{"name":"Bob","age":7}]}}
        """;

    [Theory]
    [InlineData("""{"source":["aws.rds"]}""")]
    [InlineData("""{"source":["aws.ec2","aws.rds"],"detail":{"EventCategories":["failover"]}}""")]
    [InlineData("""{"resources":[{"prefix":"arn:aws:rds"}]}""")]
    [InlineData("""{"resources":[{"suffix":":orders"}]}""")]
    [InlineData("""{"detail-type":[{"prefix":{"equals-ignore-case":"rds db"}}]}""")]
    [InlineData("""{"source":[{"suffix":{"equals-ignore-case":".RDS"}}]}""")]
    [InlineData("""{"source":[{"equals-ignore-case":"AWS.RDS"}]}""")]
    [InlineData("""{"source":[{"anything-but":"aws.ec2"}]}""")]
    [InlineData("""{"source":[{"anything-but":["aws.ec2","aws.s3"]}]}""")]
    [InlineData("""{"source":[{"anything-but":{"prefix":"x"}}]}""")]
    [InlineData("""{"source":[{"anything-but":{"suffix":["x","y"]}}]}""")]
    [InlineData("""{"source":[{"anything-but":{"wildcard":"*.ec*"}}]}""")]
    [InlineData("""{"detail":{"count":[{"anything-but":[3,4]}]}}""")]
    [InlineData("""{"detail":{"count":[{"numeric":[">",3,"<=",3.5]}]}}""")]
    [InlineData("""{"detail":{"count":[{"numeric":["=",3.50]}]}}""")]
    [InlineData("""{"detail":{"count":[3.5]}}""")]
    [InlineData("""{"detail":{"ip":[{"cidr":"10.0.0.0/16"}]}}""")]
    [InlineData("""{"detail":{"EventID":[{"exists":true}],"Tags":[{"exists":false}]}}""")]
    [InlineData("""{"detail":{"EventID":["other",{"exists":true}]}}""")]
    [InlineData("""{"detail":{"none":[null],"empty":[""],"flag":[true]}}""")]
    [InlineData("""{"detail":{"none":[{"exists":true}]}}""")]
    [InlineData("""{"detail":{"EventID":[{"wildcard":"RDS-*-00*9"}]}}""")]
    [InlineData("""{"detail":{"path":[{"wildcard":"a\\*b\\\\*"}]}}""")]
    [InlineData("""{"detail":{"people":{"name":["Bob"]}}}""")]
    [InlineData("""{"source":["aws.rds"],"$or":[{"detail":{"EventID":["x"]}},{"detail":{"EventID":["RDS-EVENT-0049"]}}]}""")]
    [InlineData("""{"detail":{"gone":{"deeper":[{"exists":false}]}}}""")]
    public void It_takes(string pattern) => Assert.True(Takes(pattern));

    [Theory]
    [InlineData("""{"source":["aws.RDS"]}""")]
    [InlineData("""{"source":["aws.rds"],"account":["1"]}""")]
    [InlineData("""{"resources":[{"prefix":"rn:"}]}""")]
    [InlineData("""{"resources":[{"suffix":"arn"}]}""")]
    [InlineData("""{"source":[{"anything-but":["aws.ec2","aws.rds"]}]}""")]
    [InlineData("""{"source":[{"anything-but":{"prefix":["x","aws"]}}]}""")]
    [InlineData("""{"source":[{"anything-but":{"equals-ignore-case":"AWS.rds"}}]}""")]
    [InlineData("""{"missing":[{"anything-but":"x"}]}""")]
    [InlineData("""{"detail":{"count":["3.5"]}}""")]
    [InlineData("""{"detail":{"count":[{"numeric":[">",3.5]}]}}""")]
    [InlineData("""{"detail":{"count":[{"numeric":[">=",0,"<",3.5]}]}}""")]
    [InlineData("""{"detail":{"ip":[{"cidr":"10.1.0.0/16"}]}}""")]
    [InlineData("""{"detail":{"EventID":[{"exists":false}]}}""")]
    [InlineData("""{"detail":{"people":[{"exists":false}]}}""")]
    [InlineData("""{"detail":{"none":[""]}}""")]
    [InlineData("""{"detail":{"flag":["true"]}}""")]
    [InlineData("""{"detail":{"EventID":[{"wildcard":"RDS-*-005*"}]}}""")]
    [InlineData("""{"detail":{"path":[{"wildcard":"a\\*c*"}]}}""")]
    [InlineData("""{"detail":{"people":{"name":["Ann"],"age":[7]}}}""")]
    [InlineData("""{"$or":[{"source":["x"]},{"account":["1"]}]}""")]
    public void It_leaves(string pattern) => Assert.False(Takes(pattern));

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"source":"aws.rds"}""")]
    [InlineData("""{"source":[]}""")]
    [InlineData("""{"source":[["a"]]}""")]
    [InlineData("""{"source":[{"like":"a"}]}""")]
    [InlineData("""{"source":[{"prefix":"a","suffix":"b"}]}""")]
    [InlineData("""{"source":[{"prefix":3}]}""")]
    [InlineData("""{"source":[{"wildcard":"a**b"}]}""")]
    [InlineData("""{"source":[{"exists":"true"}]}""")]
    [InlineData("""{"source":[{"cidr":"10.0.0.0/33"}]}""")]
    [InlineData("""{"source":[{"numeric":["<",3,">",1]}]}""")]
    [InlineData("""{"source":[{"numeric":["~",3]}]}""")]
    [InlineData("""{"source":[{"anything-but":[]}]}""")]
    [InlineData("""{"source":[{"anything-but":{"cidr":"10.0.0.0/8"}}]}""")]
    [InlineData("""{"$or":[{"source":["a"]}]}""")]
    public void What_is_no_pattern_is_refused(string pattern) => Assert.Equal("InvalidEventPatternException", Assert.Throws<AwsErrorException>(() => EventPattern.Read(pattern)).Code);

    private static bool Takes(string pattern) => EventPattern.Read(pattern).Takes((JsonObject)JsonNode.Parse(Happened)!);
}

using LocalAws.Access;
using Xunit;

namespace LocalAws.Tests.Access;

public sealed class ConditionTests
{
    private const string Absent = "(absent)";

    [Theory]
    [InlineData("StringEquals", "a", "a", true)]
    [InlineData("StringEquals", "a", "A", false)]
    [InlineData("StringEquals", "a*", "ab", false)]
    [InlineData("StringEquals", "a|b", "b", true)]
    [InlineData("StringEquals", "a", Absent, false)]
    [InlineData("StringEqualsIfExists", "a", Absent, true)]
    [InlineData("StringEqualsIfExists", "a", "b", false)]
    [InlineData("StringNotEquals", "a", "b", true)]
    [InlineData("StringNotEquals", "a|b", "b", false)]
    [InlineData("StringNotEquals", "a", Absent, true)]
    [InlineData("StringEqualsIgnoreCase", "a", "A", true)]
    [InlineData("StringNotEqualsIgnoreCase", "a", "A", false)]
    [InlineData("StringLike", "a*", "ab", true)]
    [InlineData("StringLike", "a?", "a", false)]
    [InlineData("StringLike", "*", Absent, false)]
    [InlineData("StringNotLike", "a*", "b", true)]
    [InlineData("StringNotLike", "a*", Absent, true)]
    [InlineData("stringlike", "a*", "ab", true)]
    [InlineData("ArnLike", "arn:aws:lambda:*:1:function:*", "arn:aws:lambda:eu-central-1:1:function:a:b", true)]
    [InlineData("ArnLike", "arn:aws:lambda:*:function:a", "arn:aws:lambda:eu-central-1:1:function:a", false)]
    [InlineData("ArnEquals", "arn:aws:ec2:*:1:vpc/vpc-?", "arn:aws:ec2:eu-central-1:1:vpc/vpc-1", true)]
    [InlineData("ArnLike", "arn:aws:*", "arn:aws:ec2:eu-central-1:1:vpc/vpc-1", false)]
    [InlineData("ArnNotLike", "arn:aws:ec2:*:1:vpc/*", "arn:aws:ec2:eu-central-1:2:vpc/vpc-1", true)]
    [InlineData("ArnNotEquals", "arn:aws:ec2:*:1:vpc/*", Absent, true)]
    [InlineData("Null", "true", Absent, true)]
    [InlineData("Null", "true", "a", false)]
    [InlineData("Null", "false", "a", true)]
    [InlineData("Null", "false", Absent, false)]
    [InlineData("Bool", "true", "TRUE", true)]
    [InlineData("Bool", "false", "true", false)]
    [InlineData("Bool", "false", Absent, false)]
    [InlineData("BoolIfExists", "false", Absent, true)]
    [InlineData("NumericEquals", "7", "7.0", true)]
    [InlineData("NumericLessThan", "10", "9", true)]
    [InlineData("NumericLessThanEquals", "10", "10", true)]
    [InlineData("NumericGreaterThan", "10", "10", false)]
    [InlineData("NumericGreaterThanEquals", "10", "10", true)]
    [InlineData("NumericNotEquals", "10", "11", true)]
    [InlineData("NumericEquals", "7", "seven", false)]
    [InlineData("DateLessThan", "2026-01-02T00:00:00Z", "2026-01-01T23:59:59Z", true)]
    [InlineData("DateGreaterThan", "2026-01-02T00:00:00Z", "2026-01-01T23:59:59Z", false)]
    [InlineData("DateEquals", "0", "1970-01-01T00:00:00Z", true)]
    [InlineData("ForAllValues:StringEquals", "a|b", "a|b", true)]
    [InlineData("ForAllValues:StringEquals", "a|b", "a|c", false)]
    [InlineData("ForAllValues:StringEquals", "a", Absent, true)]
    [InlineData("ForAllValues:StringNotEquals", "a", "b|c", true)]
    [InlineData("ForAllValues:StringNotEquals", "a", "a|b", false)]
    [InlineData("ForAnyValue:StringEquals", "a|b", "c|b", true)]
    [InlineData("ForAnyValue:StringEquals", "a|b", "c|d", false)]
    [InlineData("ForAnyValue:StringEquals", "a", Absent, false)]
    [InlineData("ForAnyValue:StringNotEquals", "a", "a|b", true)]
    [InlineData("ForAnyValue:StringNotEquals", "a", Absent, false)]
    [InlineData("ForAnyValue:StringLikeIfExists", "a", Absent, true)]
    public void Operators_answer_as_iam_does(string name, string wanted, string found, bool holds)
    {
        var keys = found == Absent ? ConditionKeys.None : ConditionKeys.None.With("test:Key", found.Split('|'));

        Assert.Equal(holds, ConditionOperator.Read(name)!.Holds([.. wanted.Split('|')], keys.Values.TryGetValue("test:Key", out var values) ? values : null, keys));
    }

    [Theory]
    [InlineData("StringMatches")]
    [InlineData("StringEqual")]
    [InlineData("NullIfExists")]
    [InlineData("ForAllValues:Null")]
    [InlineData("ForSomeValues:StringEquals")]
    [InlineData("BinaryEquals")]
    [InlineData("")]
    public void Other_operators_are_not_known(string name) => Assert.Null(ConditionOperator.Read(name));
}

using FsCheck;
using FsCheck.Fluent;
using LocalAws.Wire;
using Xunit;

namespace LocalAws.Tests.Wire;

public sealed class FormTests
{
    [Fact]
    public void Flat_and_named_lists_are_read_in_the_order_of_their_numbers()
    {
        var flat = string.Join('&', Enumerable.Range(1, 12).Reverse().Select(i => $"GroupId.{i}=sg-{i}"));
        var named = flat.Replace("GroupId.", "Groups.member.", StringComparison.Ordinal);

        Assert.Equal(Enumerable.Range(1, 12).Select(i => $"sg-{i}"), Form.Read(flat).Texts("GroupId"));
        Assert.Equal(Enumerable.Range(1, 12).Select(i => $"sg-{i}"), Form.Read(named).Texts("Groups.member"));
    }

    [Fact]
    public void Structures_nest()
    {
        var form = Form.Read("Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-1&Filter.1.Value.2=vpc-2&Filter.2.Name=tag%3AStack&Filter.2.Value.1=a+b%2Bc");

        Assert.Equal(["vpc-id", "tag:Stack"], form.List("Filter").Select(filter => filter.Text("Name")));
        Assert.Equal<string>(["vpc-1", "vpc-2"], form.List("Filter")[0].Texts("Value"));
        Assert.Equal("a b+c", form.Find("Filter.2.Value.1")?.Value);
    }

    [Fact]
    public void Any_text_survives_encoding() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            var clean = string.Concat(text.Get.Where(letter => !char.IsSurrogate(letter)));
            return Form.Read("A=1&Value=" + Uri.EscapeDataString(clean)).Text("Value") == clean;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_missing_or_malformed_is_refused_in_awss_words()
    {
        var form = Form.Read("Port=many&Empty=");

        Assert.Equal("MissingParameter", Assert.Throws<AwsErrorException>(() => form.Required("VpcId")).Code);
        Assert.Equal("MissingParameter", Assert.Throws<AwsErrorException>(() => form.Required("Empty")).Code);
        Assert.Equal("InvalidParameterValue", Assert.Throws<AwsErrorException>(() => form.Number("Port")).Code);
        Assert.Null(form.Number("Other"));
        Assert.Null(form.Flag("Other"));
        Assert.Empty(form.List("Other"));
    }
}

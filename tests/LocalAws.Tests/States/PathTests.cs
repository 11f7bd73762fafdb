using LocalAws.States.Paths;
using Xunit;

namespace LocalAws.Tests.States;

public sealed class PathTests
{
    internal const string Store = """
        {"store":{"book":[{"category":"a","price":8,"title":"one"},{"category":"b","price":12.50,"title":"two","isbn":"x"},{"category":"b","price":9,"title":"three"}],
        "bicycle":{"colour-of it":"red","price":20}},"list":[0,1,2,3,4],"none":null,"ünï_1":1}
        """;

    [Theory]
    [InlineData("$.list", "[0,1,2,3,4]")]
    [InlineData("$.list[0]", "0")]
    [InlineData("$.list[-1]", "4")]
    [InlineData("$.list[1:3]", "[1,2]")]
    [InlineData("$.list[:2]", "[0,1]")]
    [InlineData("$.list[3:]", "[3,4]")]
    [InlineData("$.list[-2:]", "[3,4]")]
    [InlineData("$.list[::2]", "[0,2,4]")]
    [InlineData("$.list[0,3]", "[0,3]")]
    [InlineData("$.list[*]", "[0,1,2,3,4]")]
    [InlineData("$.none", "null")]
    [InlineData("$.ünï_1", "1")]
    [InlineData("$['store']['bicycle']['price']", "20")]
    [InlineData("$.store.bicycle['colour-of it']", "\"red\"")]
    [InlineData("$.store.bicycle[\"price\",'colour-of it']", "[20,\"red\"]")]
    [InlineData("$.store.book[*].title", "[\"one\",\"two\",\"three\"]")]
    [InlineData("$..price", "[8,12.50,9,20]")]
    [InlineData("$.store.bicycle.*", "[\"red\",20]")]
    [InlineData("$.store.book[?(@.price < 10)].title", "[\"one\",\"three\"]")]
    [InlineData("$.store.book[?(@.category == 'b' && @.price >= 12.5)].title", "[\"two\"]")]
    [InlineData("$.store.book[?(@.isbn)].title", "[\"two\"]")]
    [InlineData("$.store.book[?(!(@.isbn || @.price == 8))].title", "[\"three\"]")]
    [InlineData("$.store.book[?(@.category != \"b\")].title", "[\"one\"]")]
    [InlineData("$.store.book[?(@.price == 12.5)].title", "[\"two\"]")]
    [InlineData("$.store.book[?(@.price > 100)]", "[]")]
    [InlineData("$.store.book[5:]", "[]")]
    public void A_path_finds(string path, string found) => Assert.Equal(found, new Machine(Definition(path)).Output(Store));

    [Theory]
    [InlineData("$.nope")]
    [InlineData("$.list[5]")]
    [InlineData("$.list[-6]")]
    [InlineData("$.list.name")]
    [InlineData("$.store[0]")]
    [InlineData("$.none.deeper")]
    [InlineData("$.nope[*]")]
    public void A_path_that_finds_nothing_fails_the_execution(string path) =>
        Assert.Equal("States.Runtime", new Machine(Definition(path)).Error(Store));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("$.")]
    [InlineData("$.a[")]
    [InlineData("$.a[x]")]
    [InlineData("$.a['x]")]
    [InlineData("$.a[?(@.b =)]")]
    [InlineData("$.a[?(1)]")]
    [InlineData("$.a b")]
    [InlineData("$.a.length()")]
    [InlineData("$.a[(@.length-1)]")]
    [InlineData("$.a[::-1]")]
    public void What_is_no_path_is_refused(string path) =>
        Assert.Contains("is not valid at position", Assert.Throws<PathSyntaxException>(() => JsonPath.Parse(path)).Message, StringComparison.Ordinal);

    internal static string Definition(string path) =>
        $$"""{ "StartAt": "S", "States": { "S": { "Type": "Pass", "InputPath": "{{path.Replace("\"", "\\\"", StringComparison.Ordinal)}}", "End": true } } }""";
}

using System.Text;
using ServerlessPrivateLink.Links;
using Xunit;

namespace ServerlessPrivateLink.Tests.Links;

public class LinkTextTests
{
    [Theory]
    [InlineData("", "$", "an empty document", "empty")]
    [InlineData(" \r\n\t ", "$", "an empty document", "empty")]
    [InlineData("\uFEFF", "$", "an empty document", "empty")]
    [InlineData("orders: 1", "$", "`orders: 1` at line 1, column 1", "no JSON")]
    [InlineData("{ \"name\": \"orders\",\n  // the name\n}", "$.name", "`// the name` at line 2, column 3", "no comments")]
    [InlineData("{ \"name\": \"orders\", }", "$.name", "`}` at line 1, column 21", "comma")]
    [InlineData("{ 'name': 1 }", "$", "`'name': 1 }` at line 1, column 3", "double quotes")]
    [InlineData("{ \"databases\": [ { \"instance\": \"a\" }, ", "$.databases[0]", "the end of the text", "too early")]
    [InlineData("{} {}", "$", "`{}` at line 1, column 4", "no JSON")]
    [InlineData("{ \"name\": NaN }", "$.name", "`NaN }` at line 1, column 11", "no JSON")]
    [InlineData("{ \"name\": 01 }", "$.name", "line 1, column 12", "no JSON")]
    [InlineData("[]", "$", "[]", "must be an object")]
    [InlineData("\"orders\"", "$", "\"orders\"", "must be an object")]
    [InlineData("null", "$", "null", "must be an object")]
    [InlineData("{ \"name\": \"\\ud800\" }", "$.name", "surrogate", "half of a character")]
    [InlineData("{ \"\\udc00\": 1 }", "$", "surrogate", "half of a character")]
    public void What_is_no_json_object_is_one_error_that_says_where(string text, string path, string found, string message)
    {
        var (link, errors) = Documents.Read(text);

        Assert.Null(link);
        var error = Assert.Single(errors);
        Assert.Equal(path, error.Path);
        Assert.Contains(found, error.Found, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Doubled_names_are_found_at_any_depth_and_beside_other_errors()
    {
        var (_, errors) = Documents.Read("""
            { "name": "a", "databases": [{ "instance": "a", "x": [{ "y": 1, "y": 2 }] }, { "cluster": "b", "cluster": "c" }],
              "consumers": ["133737826969"], "name": "b" }
            """);

        Assert.Equal(["$.databases[0].x", "$.databases[0].x[0].y", "$.databases[1].cluster", "$.name"], errors.Select(error => error.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("[", "[0]")]
    [InlineData("{\"a\":", ".a")]
    public void Ten_thousand_brackets_are_refused_as_too_deep(string bracket, string step)
    {
        var error = Assert.Single(Documents.Read(string.Concat(Enumerable.Repeat(bracket, 10_000))).Errors);

        Assert.Equal($"${string.Concat(Enumerable.Repeat(step, step == "[0]" ? 15 : 16))}", error.Path);
        Assert.Contains("more than 16 levels", error.Found, StringComparison.Ordinal);
        Assert.Contains("nested too deep", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fifty_megabytes_are_refused_without_reading_them()
    {
        using var endless = new CountedStream(50_000_000);

        var error = Assert.Single(LinkDocument.Read(endless, "aws", Documents.Today).Errors);

        Assert.Equal(("$", "at most 262,144 bytes"), (error.Path, error.Allowed));
        Assert.InRange(endless.Position, 1, LinkDocument.MaxBytes + 1);
    }

    [Fact]
    public void The_size_limit_is_exact()
    {
        var padded = Documents.Valid.PadRight(LinkDocument.MaxBytes);

        Assert.Empty(Documents.Read(padded).Errors);
        Assert.Equal("262,145 bytes", Assert.Single(Documents.Read(padded + " ").Errors).Found.Replace("more than 262,144", "262,145", StringComparison.Ordinal));
    }

    [Fact]
    public void Other_encodings_are_named()
    {
        Assert.Contains("UTF-16", Assert.Single(LinkDocument.Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{}")], "aws", Documents.Today).Errors).Message, StringComparison.Ordinal);
        Assert.Contains("no UTF-8", Assert.Single(LinkDocument.Read([(byte)'{', 0xE9, (byte)'}'], "aws", Documents.Today).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_value_is_cut_short_in_its_error()
    {
        var (_, errors) = Documents.Read(Documents.With("name", $"\"{new string('x', 100_000)}\""));

        Assert.InRange(Assert.Single(errors).Found.Length, 1, 100);
        Assert.All(Documents.Read(Documents.With(new string('y', 100_000), "1")).Errors, error => Assert.InRange(error.ToString().Length, 1, 1000));
    }

    private sealed class CountedStream(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var taken = (int)Math.Min(count, length - Position);
            buffer.AsSpan(offset, taken).Fill((byte)' ');
            Position += taken;
            return taken;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

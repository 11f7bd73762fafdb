using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ServerlessPrivateLink.Links;
using Xunit;

namespace ServerlessPrivateLink.Tests.Links;

public class LinkDocumentProperties
{
    [Fact]
    public void Any_bytes_give_a_link_or_errors_and_never_an_exception() =>
        Prop.ForAll<byte[]>(bytes => IsEitherOr(LinkDocument.Read(bytes, "aws", Documents.Today))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_valid_document_with_any_damage_gives_a_link_or_errors()
    {
        var valid = Encoding.UTF8.GetBytes(Documents.Valid);
        var damage = from place in Gen.Choose(0, valid.Length - 1)
                     from length in Gen.Choose(0, 12)
                     from piece in Gen.Elements("", "\"", "[", "]", "{", "}", ",", ":", "null", "1e999", "-0", "\\ud800", "\\u0000", "\u00e9", "\"name\":1,", "//", "\n")
                     select (byte[])[.. valid[..place], .. Encoding.UTF8.GetBytes(piece), .. valid[Math.Min(valid.Length, place + length)..]];

        Prop.ForAll(damage.ToArbitrary(), bytes => IsEitherOr(LinkDocument.Read(bytes, "aws", Documents.Today)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Any_value_in_any_field_gives_a_link_or_errors()
    {
        string[] paths =
        [
            "name", "databases", "databases.0", "databases.0.instance", "databases.0.listenerPort", "databases.1.cluster", "databases.1.endpoint", "databases.2.host", "databases.2.port",
            "databases.2.allowedCidrs", "databases.2.allowedCidrs.0", "consumers", "consumers.0", "consumers.1.principal", "consumers.1.accept", "consumers.1.maxConnections",
            "consumers.1.regions", "consumers.1.until", "ingress", "subnetIds", "unknown",
        ];
        var text = ArbMap.Default.GeneratorFor<string?>().Select(value => JsonSerializer.Serialize(value));
        var odd = Gen.Elements("true", "0", "-1", "1.5", "1E400", "[]", "{}", "[[]]", "[null]", "{\"a\":[1]}", "\"\"", "[\"\",\"\"]");
        var documents = from path in Gen.Elements(paths) from json in Gen.OneOf(text, odd) select Documents.With(path, json);

        Prop.ForAll(documents.ToArbitrary(), document => IsEitherOr(Documents.Read(document))).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    [Fact]
    public void Any_valid_link_is_read_back_as_it_was_written() =>
        Prop.ForAll(Links().ToArbitrary(), link =>
        {
            var (read, errors) = Documents.Read(Documents.Write(link));

            Assert.Empty(errors);
            Assert.Equal(JsonSerializer.Serialize(link), JsonSerializer.Serialize(read));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_ipv4_block_is_read_back_as_it_was_written() =>
        Prop.ForAll<uint, byte>((address, prefix) =>
        {
            var block = new Ipv4Block(address, prefix % 33).Canonical;

            Assert.True(Ipv4Block.TryParse(block.ToString(), out var read));
            Assert.Equal(block, read);
            Assert.True(block.Contains(read) && block.Contains(read.Address));
        }).QuickCheckThrowOnFailure();

    private static bool IsEitherOr(LinkReading reading) =>
        reading.Link is null == !reading.Errors.IsEmpty && reading.Errors.All(error => error.Path.StartsWith('$') && error.Message.Length > 0);

    private static Gen<Link> Links() =>
        from name in Gen.Elements("orders", "a", "0", "a-b-c", "abcdefghij0123456789")
        from databases in Databases()
        from consumers in Consumers()
        from ingress in Gen.Elements(Ingress.SecurityGroup, Ingress.SubnetCidrs)
        from subnets in Gen.Choose(0, 3)
        from removal in Gen.Elements(Removal.Cut, Removal.Keep)
        from failure in Gen.Elements(OnFailure.Keep, OnFailure.Release)
        from minutes in Gen.Choose(0, 10_080)
        select new Link(name, databases, consumers, ingress, [.. Enumerable.Range(0, subnets).Select(number => $"subnet-0123456{number}")], removal, failure, TimeSpan.FromMinutes(minutes));

    private static Gen<ImmutableArray<Database>> Databases() =>
        from count in Gen.Choose(1, 8)
        from kinds in Gen.Elements(Enum.GetValues<DatabaseKind>()).ArrayOf(count)
        from explicitPorts in Gen.Elements(true, false).ArrayOf(count)
        from flags in Gen.Elements(true, false).ArrayOf(count)
        select kinds.Select((kind, index) => kind is DatabaseKind.Host
            ? new Database(kind, $"db{index}.example", 5000 + index, explicitPorts[index] ? 6000 + index : null, flags[index] ? ["10.9.0.0/16", "100.64.0.0/11"] : [], false, false)
            : new Database(kind, $"db-{index}", null, explicitPorts[index] ? 6000 + index : null, [], flags[index], kind is DatabaseKind.Instance && !flags[index])).ToImmutableArray();

    private static Gen<ImmutableArray<Consumer>> Consumers() =>
        from count in Gen.Choose(1, 5)
        from accept in Gen.Elements(Enum.GetValues<Acceptance>()).ArrayOf(count)
        from most in Gen.Choose(0, 10_000).ArrayOf(count)
        from regions in Gen.SubListOf("ap-southeast-7", "eu-central-1", "us-east-1").ArrayOf(count)
        from days in Gen.Choose(0, 1000).ArrayOf(count)
        from endpoints in Gen.SubListOf("vpce-01234567", "vpce-0123456789abcdef0").ArrayOf(count)
        select Enumerable.Range(0, count).SelectMany(index =>
        {
            var rule = new AcceptanceRule(accept[index], most[index] == 0 ? null : most[index],
                [.. regions[index].Order(StringComparer.Ordinal)], days[index] == 0 ? null : Documents.Today.AddDays(days[index]), [.. endpoints[index]]);
            var account = $"{index:D12}";
            return new[] { new Consumer($"arn:aws:iam::{account}:root", account, rule), new Consumer($"arn:aws:iam::{account}:role/reader+{index}", account, rule) };
        }).ToImmutableArray();
}

using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using LocalAws.Access;
using LocalAws.States;
using LocalAws.Wire;

namespace LocalAws.Parameters;

/// <summary>AWS Systems Manager on the wire, API version 2014-11-06: its Parameter Store.</summary>
public sealed class ParametersApi(ParameterStore store) : ServiceApi
{
    // AWS Systems Manager API Reference, "GetParametersByPath".
    private const int LargestPage = 10;

    /// <inheritdoc/>
    public override string SigningName => "ssm";

    /// <inheritdoc/>
    public override WireProtocol Protocol { get; } = new JsonProtocol("AmazonSSM", "1.1");

    /// <inheritdoc/>
    public override AwsErrorException Denied(AccessDeniedException denied)
    {
        ArgumentNullException.ThrowIfNull(denied);
        return new("AccessDeniedException", denied.Message);
    }

    /// <inheritdoc/>
    public override AwsErrorException Throttled() => new("ThrottlingException", "Rate exceeded");

    /// <inheritdoc/>
    public override AwsErrorException Failed() => new("InternalServerError", "An error occurred on the server side.", HttpStatusCode.InternalServerError);

    /// <inheritdoc/>
    public override AwsErrorException Unknown(string operation) =>
        new("UnknownOperationException", $"There is no operation {operation}. Known here: {string.Join(", ", Operations.Keys.Order(StringComparer.Ordinal))}.");

    /// <inheritdoc/>
    public override AwsErrorException UnknownKey() => new("UnrecognizedClientException", "The security token included in the request is invalid.");

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Describe() =>
    [
        Operation.Writes("PutParameter", Put),
        Operation.Reads("GetParameter", Get),
        Operation.Reads("GetParametersByPath", GetByPath),
        Operation.Writes("DeleteParameter", Delete),
    ];

    private Answer Put(ApiCall call)
    {
        var name = Demanded(call, "Name");
        var parameter = store.Put(name, Json.String(call.Body["Type"]), Required(call, "Value"), Json.Boolean(call.Body["Overwrite"]) is true, Tier(call) is not "Standard");
        return Answer.Of(new JsonObject { ["Version"] = parameter.Version, ["Tier"] = parameter.Tier });
    }

    private static string Tier(ApiCall call) => Json.String(call.Body["Tier"]) switch
    {
        null => "Standard",
        ("Standard" or "Advanced" or "Intelligent-Tiering") and var tier => tier,
        var other => throw new AwsErrorException("ValidationException", $"1 validation error detected: Value '{other}' at 'tier' failed to satisfy constraint: Member must satisfy enum value set: [Standard, Advanced, Intelligent-Tiering]"),
    };

    private Answer Get(ApiCall call)
    {
        var name = Demanded(call, "Name");
        var parameter = store.Find(name) ?? throw NotFound(name);
        return Answer.Of(new JsonObject { ["Parameter"] = Shown(call, parameter) });
    }

    private Answer GetByPath(ApiCall call)
    {
        var path = Demanded(call, "Path").TrimEnd('/') + "/";
        var from = Json.String(call.Body["NextToken"]) ?? "";
        var most = (int)(Json.Number(call.Body["MaxResults"]) ?? LargestPage);
        if (most is < 1 or > LargestPage)
            throw new AwsErrorException("ValidationException", $"Value '{most}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to {LargestPage}");
        var recursive = Json.Boolean(call.Body["Recursive"]) is true;
        var found = store.All
            .Where(one => one.Name.StartsWith(path, StringComparison.Ordinal) && (recursive || !one.Name[path.Length..].Contains('/')))
            .Where(one => string.CompareOrdinal(one.Name, from) > 0)
            .ToImmutableArray();
        var page = found.Take(most).ToImmutableArray();
        var body = new JsonObject { ["Parameters"] = new JsonArray([.. page.Select(one => Shown(call, one))]) };
        if (found.Length > page.Length)
            body["NextToken"] = page[^1].Name;
        return Answer.Of(body);
    }

    private Answer Delete(ApiCall call)
    {
        var name = Demanded(call, "Name");
        return store.Delete(name) ? Answer.Of(new JsonObject()) : throw NotFound(name);
    }

    /// <summary>
    /// A secret is told to those alone who ask for decryption; for the key of Systems Manager itself they need no permission of their
    /// own (AWS Systems Manager User Guide, "AWS KMS encryption for Parameter Store").
    /// </summary>
    private static JsonObject Shown(ApiCall call, Parameter parameter) => new()
    {
        ["Name"] = parameter.Name,
        ["Type"] = parameter.Type,
        ["Value"] = parameter.IsSecret && Json.Boolean(call.Body["WithDecryption"]) is not true ? $"kms-encrypted:{parameter.Version.ToString(CultureInfo.InvariantCulture)}" : parameter.Value,
        ["Version"] = parameter.Version,
        ["LastModifiedDate"] = parameter.WrittenAt.ToUnixTimeSeconds(),
        ["ARN"] = Arn(call, parameter.Name),
        ["DataType"] = "text",
    };

    private static string Demanded(ApiCall call, string field)
    {
        var name = Required(call, field);
        call.Demand(Arn(call, name.Split(':')[0]));
        return name;
    }

    /// <summary>A leading slash of the name stands only once in it (AWS Systems Manager User Guide, "Restricting access to Parameter Store parameters using IAM policies").</summary>
    private static string Arn(ApiCall call, string name) => call.Cloud.Arn("ssm", $"parameter/{name.TrimStart('/')}");

    private static string Required(ApiCall call, string field) =>
        Json.String(call.Body[field]) ?? throw new AwsErrorException("ValidationException", $"1 validation error detected: Value null at '{field}' failed to satisfy constraint: Member must not be null");

    private static AwsErrorException NotFound(string name) => new("ParameterNotFound", $"Parameter {name} not found.");
}

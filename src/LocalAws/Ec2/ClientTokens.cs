using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>
/// Client tokens that were used: the same request again gives the same result, deleted meanwhile or not, and another one is refused
/// (docs.aws.amazon.com: "Ensuring idempotency in Amazon EC2 API requests").
/// </summary>
internal sealed class ClientTokens
{
    private readonly Dictionary<string, (string Request, Ec2Resource Made)> used = new(StringComparer.Ordinal);

    /// <summary>What the token made before; null: it is new, or there is none.</summary>
    public T? Find<T>(ApiCall call)
        where T : Ec2Resource
    {
        if (call.Form.Text("ClientToken") is not { Length: > 0 } token || !used.TryGetValue(Key(call, token), out var before))
            return null;
        return before.Request == Text(call.Form)
            ? (T)before.Made
            : throw new AwsErrorException("IdempotentParameterMismatch", "The client token you have provided is already associated with a resource that has different parameters. Please use a new client token.");
    }

    public void Remember(ApiCall call, Ec2Resource made)
    {
        if (call.Form.Text("ClientToken") is { Length: > 0 } token)
            used[Key(call, token)] = (Text(call.Form), made);
    }

    private static string Key(ApiCall call, string token) => $"{call.Operation.Name} {token}";

    private static string Text(Form form) => string.Join('&', form.Names
        .Where(name => name is not ("Action" or "Version" or "ClientToken" or "DryRun"))
        .Select(name => $"{name}={form.Find(name)!.Value}({Text(form.Find(name)!)})"));
}

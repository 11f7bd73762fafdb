using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LocalAws.States;
using LocalAws.Wire;

namespace LocalAws.StepFunctions;

/// <summary>The parameters of one request.</summary>
internal sealed class Parameters(JsonObject body)
{
    private const int MostPerPage = 1000;
    private const int UsualPage = 100;

    public string Required(string name) => Text(name)
        ?? throw Wrong($"Value null at '{name}' failed to satisfy constraint: Member must not be null");

    public string? Text(string name, int most = int.MaxValue)
    {
        if (body[name] is not { } value)
            return null;
        var text = Json.String(value) ?? throw new AwsErrorException("SerializationException", $"{name} must be a string.");
        return text.Length <= most ? text : throw Wrong($"Value at '{name}' failed to satisfy constraint: Member must have length less than or equal to {most}");
    }

    public bool? Flag(string name) => Json.Boolean(body[name]);

    /// <summary>One page of a list; its token says where the next begins.</summary>
    public Answer Page<T>(string name, ImmutableArray<T> all, Func<T, JsonObject> describe)
    {
        var most = Json.Number(body["maxResults"]) ?? 0;
        if (most is < 0 or > MostPerPage)
            throw Wrong($"Value '{most}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to {MostPerPage}");
        var start = Start(all.Length);
        var end = Math.Min(all.Length, start + (most == 0 ? UsualPage : (int)most));
        var answer = new JsonObject { [name] = new JsonArray([.. all[start..end].Select(describe)]) };
        if (end < all.Length)
            answer["nextToken"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(end.ToString(CultureInfo.InvariantCulture)));
        return Answer.Of(answer);
    }

    private static AwsErrorException Wrong(string problem) => new("ValidationException", $"1 validation error detected: {problem}");

    private int Start(int count)
    {
        if (Text("nextToken") is not { } token)
            return 0;
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            && int.TryParse(Encoding.UTF8.GetString(bytes, 0, length), NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            && start <= count
                ? start
                : throw new AwsErrorException("InvalidToken", "Invalid Token: 'Invalid token'");
    }
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalAws.States.Intrinsics;

internal static class TextFunctions
{
    public static JsonNode Format(Arguments arguments)
    {
        var template = arguments.Expect(1, int.MaxValue).Text(0);
        var result = new StringBuilder();
        var used = 0;
        for (var at = 0; at < template.Length; at++)
        {
            switch (template[at])
            {
                case '\\' when at + 1 < template.Length && template[at + 1] is '{' or '}':
                    result.Append(template[++at]);
                    break;
                case '{' when at + 1 < template.Length && template[at + 1] == '}':
                    if (++used >= arguments.All.Length)
                        throw arguments.Wrong("there are more places than values");
                    result.Append(Json.String(arguments.All[used]) ?? Json.Text(arguments.All[used]));
                    at++;
                    break;
                case '{' or '}':
                    throw arguments.Wrong("a brace that is no place must be escaped");
                default:
                    result.Append(template[at]);
                    break;
            }
        }

        return used == arguments.All.Length - 1 ? JsonValue.Create(result.ToString()) : throw arguments.Wrong("there are more values than places");
    }

    public static JsonNode? StringToJson(Arguments arguments)
    {
        var text = arguments.Expect(1).Text(0);
        try
        {
            return Json.Read(text);
        }
        catch (JsonException)
        {
            throw arguments.Wrong($"not JSON: {text}");
        }
    }

    public static JsonNode JsonToString(Arguments arguments) => JsonValue.Create(Json.Text(arguments.Expect(1).All[0]));

    public static JsonNode StringSplit(Arguments arguments)
    {
        var parts = arguments.Expect(2).Text(0).Split(arguments.Text(1).ToCharArray(), StringSplitOptions.RemoveEmptyEntries);
        return new JsonArray([.. parts.Select(part => JsonValue.Create(part))]);
    }
}

using System.Text.Json.Nodes;

namespace LocalAws.States.Paths;

/// <summary>Puts a result where a reference path says, in a copy of the state's input.</summary>
internal static class ResultPlace
{
    public static JsonNode? Put(JsonNode? input, JsonPath path, JsonNode? result) =>
        path.Steps.IsEmpty ? Json.Copy(result) : Into(Json.Copy(input), path, 0, input, result);

    private static JsonNode? Into(JsonNode? at, JsonPath path, int depth, JsonNode? input, JsonNode? result)
    {
        if (depth == path.Steps.Length)
            return Json.Copy(result);
        switch (path.Steps[depth], at)
        {
            case (PathStep.Child child, JsonObject members):
                members.TryGetPropertyValue(child.Name, out var member);
                members[child.Name] = Into(Json.Copy(member), path, depth + 1, input, result);
                return members;
            case (PathStep.Child child, null):
                return new JsonObject { [child.Name] = Into(null, path, depth + 1, input, result) };
            case (PathStep.Index index, JsonArray items) when index.At < items.Count:
                items[index.At] = Into(Json.Copy(items[index.At]), path, depth + 1, input, result);
                return items;
            default:
                throw new StateFailedException(
                    StatesErrors.ResultPathMatchFailure,
                    $"Unable to apply ReferencePath {path.Text} to input {Json.Text(input)}");
        }
    }
}

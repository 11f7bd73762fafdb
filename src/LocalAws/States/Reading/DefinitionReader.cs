using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.States.Definitions;

namespace LocalAws.States.Reading;

/// <summary>
/// Reads and checks a definition in the Amazon States Language, JSONPath form (states-language.net/spec.html).
/// All problems are reported together; a field or state type that is not known is one.
/// </summary>
public static class DefinitionReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 256 };

    /// <summary>What stands for states that could not be read; the problem is reported already.</summary>
    internal static readonly Flow NoFlow = new("", ImmutableSortedDictionary<string, State>.Empty);

    /// <summary>Reads a definition.</summary>
    /// <exception cref="InvalidDefinitionException">It is not one that Step Functions would take, or uses what is not imitated here.</exception>
    public static StateMachineDefinition Read(string text)
    {
        var problems = ImmutableArray.CreateBuilder<DefinitionProblem>();
        var root = new Fields(Parse(text), "", problems);
        root.Text("Comment");
        if (root.Text("Version") is { } version && version != "1.0")
            root.Wrong("Version", $"The value must be 1.0, but is {version}");
        RefuseOtherLanguage(root);
        var timeout = root.Number("TimeoutSeconds", 1, 99_999_999);
        var flow = Flow(root);
        root.Close();
        FlowCheck.NamesAreUnique(flow, root);
        return problems.Count == 0
            ? new(flow, timeout is { } seconds ? TimeSpan.FromSeconds((double)seconds) : null)
            : throw new InvalidDefinitionException(problems.ToImmutable());
    }

    internal static Flow Flow(Fields fields)
    {
        var startAt = fields.RequiredText("StartAt");
        if (fields.Object("States") is not { } named)
            return NoFlow;
        var states = new Dictionary<string, State>(StringComparer.Ordinal);
        foreach (var name in named.Names)
        {
            if (name.Length > 80)
                named.Wrong(name, "A state's name has at most 80 characters");
            if (named.Member(name) is { } state && StateReader.Read(name, state) is { } read)
                states.Add(name, read);
        }

        var flow = new Flow(startAt, states.ToImmutableSortedDictionary(StringComparer.Ordinal));
        if (states.Count == named.Names.Count())
            FlowCheck.Transitions(flow, fields, named);
        return flow;
    }

    internal static void RefuseOtherLanguage(Fields fields)
    {
        if (fields.Text("QueryLanguage") is { } language && language != "JSONPath")
            fields.Wrong("QueryLanguage", $"The query language {language} is not imitated here, only JSONPath", "NOT_SUPPORTED_HERE");
    }

    private static JsonObject Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return Json.Read(text) as JsonObject ?? throw new JsonException("A definition is a JSON object.");
        }
        catch (JsonException e)
        {
            throw new InvalidDefinitionException([new("INVALID_JSON_DESCRIPTION", e.Message, "")]);
        }
    }
}

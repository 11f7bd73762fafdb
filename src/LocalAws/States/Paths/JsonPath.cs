using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace LocalAws.States.Paths;

/// <summary>Where a path begins.</summary>
public enum PathRoot
{
    /// <summary><c>$</c>: the data at hand.</summary>
    Input,

    /// <summary><c>$$</c>: the context object.</summary>
    Context,

    /// <summary><c>$name</c>: a variable.</summary>
    Variable,
}

/// <summary>A path of the language: <c>$.a[0].b</c>, <c>$$.Execution.Id</c>, <c>$.items[?(@.price &lt; 10)]</c>.</summary>
/// <param name="Text">As it was written; two paths are the same when their texts are.</param>
/// <param name="Root">Where it begins.</param>
/// <param name="Variable">The variable's name, where it begins at one.</param>
/// <param name="Steps">What follows.</param>
public sealed record JsonPath(string Text, PathRoot Root, string? Variable, ImmutableArray<PathStep> Steps)
{
    /// <summary><c>$</c>.</summary>
    public static readonly JsonPath Whole = new("$", PathRoot.Input, null, []);

    /// <summary>Whether it names one place, and so gives a value rather than a list of matches.</summary>
    public bool IsDefinite => Steps.All(step => step is PathStep.Child or PathStep.Index);

    /// <summary>Whether it may say where a result goes: one place in the data at hand.</summary>
    public bool IsReference => Root is PathRoot.Input && Steps.All(step => step is PathStep.Child or PathStep.Index { At: >= 0 });

    /// <summary>Reads a path.</summary>
    /// <exception cref="PathSyntaxException">It is none, or uses what Step Functions does not support.</exception>
    public static JsonPath Parse(string text)
    {
        var cursor = new Cursor(text);
        var path = PathParser.Read(cursor);
        return cursor.Ended ? path : throw cursor.Wrong("nothing may follow a path");
    }

    /// <summary>All values that it finds below a root.</summary>
    internal ImmutableArray<JsonNode?> Find(JsonNode? root) =>
        Steps.Aggregate(ImmutableArray.Create(root), (found, step) => [.. found.SelectMany(step.From)]);

    /// <summary>The part before the first step that can have several matches.</summary>
    internal JsonPath Trunk() => this with { Steps = [.. Steps.TakeWhile(step => step is PathStep.Child or PathStep.Index)] };

    /// <summary>The definite part in brackets, as Step Functions spells it in messages: <c>$['a'][0]</c>.</summary>
    internal string Spelled() => "$" + string.Concat(Steps.Select(step => step switch
    {
        PathStep.Child child => $"['{child.Name}']",
        PathStep.Index index => string.Create(CultureInfo.InvariantCulture, $"[{index.At}]"),
        _ => "",
    }));

    /// <inheritdoc/>
    public bool Equals(JsonPath? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}

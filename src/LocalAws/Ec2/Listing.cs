using System.Text.RegularExpressions;
using System.Xml.Linq;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>How one describe finds, filters, pages and writes what it lists.</summary>
/// <param name="Operation">The operation's name.</param>
/// <param name="Set">The element that holds the list.</param>
/// <param name="IdParameter">The parameter that names what to list; null: there is none.</param>
/// <param name="NotFoundCode">The error for an id that names nothing.</param>
/// <param name="Noun">What the error calls it.</param>
/// <param name="Filters">The filters.</param>
/// <param name="Write">The content of one item.</param>
internal sealed record Listing<T>(
    string Operation,
    string Set,
    string? IdParameter,
    string NotFoundCode,
    string Noun,
    Filters<T> Filters,
    Func<T, IEnumerable<XElement?>> Write)
    where T : Ec2Resource
{
    private const int Smallest = 5;
    private const int Largest = 1000;

    public Operation In(Ec2State ec2) => Wire.Operation.Reads(Operation, call => Describe(call, ec2));

    private Answer Describe(ApiCall call, Ec2State ec2)
    {
        call.DemandInRegion("*");
        call.StopIfDryRun();
        var ids = IdParameter is null ? [] : call.Form.Texts(IdParameter);
        var size = Size(call.Form, ids.Length > 0);
        var all = ids.IsEmpty ? ec2.Shown<T>() : [.. ids.Distinct(StringComparer.Ordinal).Select(id => ec2.FindShown<T>(id) ?? throw NotFound(id))];
        var page = Page.Of(Filters.Apply(all, call.Form), size, call.Form.Text("NextToken"), () => new("InvalidNextToken", "The token 'NextToken' is invalid."));
        return Answer.Of(Xml.List(Set, "item", page.Items, Write), Xml.Of("nextToken", page.Next));
    }

    /// <summary>A refusal for an id that names nothing, or that could not name anything.</summary>
    public AwsErrorException NotFound(string id)
    {
        var cut = NotFoundCode.IndexOf('.', StringComparison.Ordinal);
        return Ids.IsWellFormed(id) || cut < 0
            ? new(NotFoundCode, $"The {Noun} '{id}' does not exist")
            : new(NotFoundCode[..cut] + ".Malformed", $"Invalid id: \"{id}\"");
    }

    private int Size(Form form, bool hasIds)
    {
        if (form.Number("MaxResults") is not { } size)
            return Largest;
        if (hasIds)
            throw new AwsErrorException("InvalidParameterCombination", $"The parameter {IdParameter}s cannot be used with the parameter maxResults");
        return size < Smallest
            ? throw new AwsErrorException("InvalidParameterValue", $"Value ( {size} ) for parameter maxResults is invalid. Expecting a value greater than {Smallest}.")
            : Math.Min(size, Largest);
    }
}

/// <summary>The form of EC2's ids.</summary>
internal static partial class Ids
{
    public static bool IsWellFormed(string id) => Form().IsMatch(id);

    [GeneratedRegex("^[a-z]+(-[a-z]+)*-([0-9a-f]{8}|[0-9a-f]{17})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}

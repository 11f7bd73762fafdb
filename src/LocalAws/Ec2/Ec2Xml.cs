using System.Xml.Linq;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>Forms that many EC2 answers share.</summary>
internal static class Ec2Xml
{
    public static XElement TagSet(Tags tags) =>
        Xml.List("tagSet", "item", tags.Values, tag => [Xml.Of("key", tag.Key), Xml.Of("value", tag.Value)]);

    public static string Text(bool flag) => flag ? "true" : "false";

    public static Answer Done => Answer.Of(Xml.Of("return", true));

    /// <summary>What could not be done in an answer that is a success as a whole.</summary>
    public static XElement Unsuccessful(IEnumerable<(string Id, AwsErrorException Error)> failures) =>
        Xml.List("unsuccessful", "item", failures, failure =>
        [
            Xml.Node("error", Xml.Of("code", failure.Error.Code), Xml.Of("message", failure.Error.Message)),
            Xml.Of("resourceId", failure.Id),
        ]);
}

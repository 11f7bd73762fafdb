using System.Collections.Immutable;

namespace LocalAws.Templates;

/// <summary>What a resource became: what <c>Ref</c> and <c>Fn::GetAtt</c> say of it.</summary>
internal sealed record Made(string Reference, ImmutableDictionary<string, string> Attributes)
{
    public static Made Of(string reference, params (string Name, string Value)[] attributes) =>
        new(reference, attributes.ToImmutableDictionary(attribute => attribute.Name, attribute => attribute.Value, StringComparer.Ordinal));
}

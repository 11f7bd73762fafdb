using System.Collections.Immutable;
using System.Net;
using LocalAws.Ec2;

namespace LocalAws.Sns;

/// <summary>
/// One value of a filter policy and the values that it accepts
/// (Amazon SNS Developer Guide, "String value matching", "Numeric value matching" and "Key matching").
/// </summary>
internal abstract record FilterCondition
{
    private FilterCondition()
    {
    }

    /// <summary>Whether one value that is there is accepted.</summary>
    public virtual bool Accepts(FilterValue value) => false;

    public sealed record Exactly(FilterValue Wanted) : FilterCondition
    {
        public override bool Accepts(FilterValue value) => value == Wanted;
    }

    public sealed record Prefix(string Text) : FilterCondition
    {
        public override bool Accepts(FilterValue value) => value is FilterValue.Text text && text.Value.StartsWith(Text, StringComparison.Ordinal);
    }

    public sealed record Suffix(string Text) : FilterCondition
    {
        public override bool Accepts(FilterValue value) => value is FilterValue.Text text && text.Value.EndsWith(Text, StringComparison.Ordinal);
    }

    public sealed record EqualsIgnoreCase(string Text) : FilterCondition
    {
        public override bool Accepts(FilterValue value) => value is FilterValue.Text text && text.Value.Equals(Text, StringComparison.OrdinalIgnoreCase);
    }

    public sealed record InBlock(string Block) : FilterCondition
    {
        public override bool Accepts(FilterValue value) =>
            value is FilterValue.Text text && IPAddress.TryParse(text.Value, out var address) && Cidr.Contains(Block, address);
    }

    public sealed record Range(ImmutableArray<(string Comparison, decimal Bound)> Bounds) : FilterCondition
    {
        public override bool Accepts(FilterValue value) => value is FilterValue.Number number && Bounds.All(bound => bound.Comparison switch
        {
            "=" => number.Value == bound.Bound,
            "<" => number.Value < bound.Bound,
            "<=" => number.Value <= bound.Bound,
            ">" => number.Value > bound.Bound,
            _ => number.Value >= bound.Bound,
        });
    }

    /// <summary>Accepts a value that none of the others accepts; of a list one such value is enough.</summary>
    public sealed record AnythingBut(ImmutableArray<FilterCondition> Others) : FilterCondition
    {
        public override bool Accepts(FilterValue value) => !Others.Any(other => other.Accepts(value));
    }

    /// <summary>Asks whether the key is there at all.</summary>
    public sealed record Exists(bool Wanted) : FilterCondition
    {
        public override bool Accepts(FilterValue value) => Wanted;
    }
}

/// <summary>A value that a message has under a key.</summary>
internal abstract record FilterValue
{
    private FilterValue()
    {
    }

    public sealed record Text(string Value) : FilterValue;

    public sealed record Number(decimal Value) : FilterValue;

    /// <summary><c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public sealed record Keyword(string Value) : FilterValue;
}

using FsCheck;
using FsCheck.Fluent;
using LocalAws.Access;
using Xunit;

namespace LocalAws.Tests.Access;

public sealed class WildcardProperties
{
    private static readonly Arbitrary<string> Patterns = Text("ab*?");
    private static readonly Arbitrary<string> Texts = Text("ab*?c");

    [Fact]
    public void Matching_agrees_with_the_definition() =>
        Prop.ForAll(Patterns, Texts, (pattern, text) => Wildcard.Matches(pattern, text, ignoreCase: false) == Defined(pattern, text))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_text_without_wildcards_matches_itself_alone() =>
        Prop.ForAll(Text("abc"), Text("abc"), (pattern, text) => Wildcard.Matches(pattern, text, ignoreCase: false) == (pattern == text))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void What_came_out_of_a_variable_is_never_a_wildcard() =>
        Prop.ForAll(Patterns, Texts, (value, text) => Wildcard.Matches(PatternText.Quote(value), text, ignoreCase: false) == (value == text))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Case_can_be_ignored() => Assert.True(Wildcard.Matches("EC2:Describe*", "ec2:DESCRIBEvpcs", ignoreCase: true));

    [Fact]
    public void A_hostile_pattern_ends() =>
        Assert.False(Wildcard.Matches(string.Concat(Enumerable.Repeat("a*", 200)) + "b", new string('a', 4_000), ignoreCase: false));

    private static Arbitrary<string> Text(string letters) =>
        Gen.Elements(letters.ToCharArray()).ListOf().Select(list => string.Concat(list.Take(12))).ToArbitrary();

    private static bool Defined(string pattern, string text) => pattern switch
    {
        "" => text.Length == 0,
        ['*', ..] => Defined(pattern[1..], text) || (text.Length > 0 && Defined(pattern, text[1..])),
        ['?', ..] => text.Length > 0 && Defined(pattern[1..], text[1..]),
        _ => text.Length > 0 && pattern[0] == text[0] && Defined(pattern[1..], text[1..]),
    };
}

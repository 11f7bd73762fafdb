namespace LocalAws.Access;

/// <summary>
/// Variables in policies, <c>${aws:PrincipalAccount}</c>, with or without a default, and the quotes <c>${*}</c>, <c>${?}</c>, <c>${$}</c>
/// (IAM User Guide, "IAM policy elements: Variables and tags").
/// </summary>
internal static class PolicyVariables
{
    /// <summary>The text with the request's values in it; null when one is absent, which lets the text match nothing.</summary>
    public static PatternText? Expand(string text, ConditionKeys keys)
    {
        var expanded = PatternText.Empty;
        var at = 0;
        while (text.IndexOf("${", at, StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = text.IndexOf('}', start);
            if (Value(text[(start + 2)..end], keys) is not { } value)
                return null;
            expanded += PatternText.Of(text[at..start]) + PatternText.Quote(value);
            at = end + 1;
        }

        return expanded + PatternText.Of(text[at..]);
    }

    private static string? Value(string inside, ConditionKeys keys)
    {
        if (inside is "*" or "?" or "$")
            return inside;
        var parts = inside.Split(',', 2, StringSplitOptions.TrimEntries);
        return keys.Values.TryGetValue(parts[0], out var values) && values.Length == 1
            ? values[0]
            : parts.ElementAtOrDefault(1)?.Trim('\'');
    }
}

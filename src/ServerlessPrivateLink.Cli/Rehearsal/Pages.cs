using System.Collections.Immutable;

namespace ServerlessPrivateLink.Cli.Rehearsal;

public static class Pages
{
    /// <summary>All items of all pages.</summary>
    /// <param name="page">Asks for the page of a token; null: the first.</param>
    /// <param name="items">The items of a page; the SDK hands back null instead of an empty list.</param>
    /// <param name="next">The token of the page after.</param>
    public static async Task<ImmutableArray<TItem>> AllAsync<TPage, TItem>(
        Func<string?, Task<TPage>> page,
        Func<TPage, IEnumerable<TItem>?> items,
        Func<TPage, string?> next)
    {
        var all = ImmutableArray.CreateBuilder<TItem>();
        string? token = null;
        do
        {
            var answer = await page(token);
            all.AddRange(items(answer) ?? []);
            token = next(answer);
        }
        while (!string.IsNullOrEmpty(token));
        return all.ToImmutable();
    }
}

using System.Collections.Immutable;

namespace ServerlessPrivateLink.Calls;

internal static class Pages
{
    /// <summary>Reads a list to its last page. The SDK hands back null, not an empty list, for a page without items.</summary>
    public static async Task<ImmutableArray<TItem>> ReadAsync<TAnswer, TItem>(
        Func<string?, Task<TAnswer>> page,
        Func<TAnswer, IEnumerable<TItem>?> items,
        Func<TAnswer, string?> next)
    {
        var all = ImmutableArray.CreateBuilder<TItem>();
        string? marker = null;
        do
        {
            var answer = await page(marker);
            all.AddRange(items(answer) ?? []);
            marker = next(answer);
        }
        while (!string.IsNullOrEmpty(marker));
        return all.ToImmutable();
    }
}

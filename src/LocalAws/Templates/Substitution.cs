using System.Text;

namespace LocalAws.Templates;

/// <summary>Puts values in the place of <c>${Name}</c>; <c>${!Name}</c> stays, without its mark.</summary>
internal static class Substitution
{
    public static string Replace(string text, string path, Func<string, string> value)
    {
        var result = new StringBuilder();
        var at = 0;
        while (text.IndexOf("${", at, StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = text.IndexOf('}', start);
            if (end < 0)
                throw new TemplateException(path, text[start..Math.Min(text.Length, start + 30)], "${ with its }");
            var name = text[(start + 2)..end];
            result.Append(text, at, start - at).Append(name.StartsWith('!') ? $"${{{name[1..]}}}" : value(name.Trim()));
            at = end + 1;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}

using System.Text;
using System.Text.RegularExpressions;

namespace LocalAws.States.Running;

/// <summary>The pattern of <c>StringMatches</c>: <c>*</c> is any text, a backslash makes the next character a plain one.</summary>
internal static class Wildcards
{
    public static bool Match(string text, string pattern)
    {
        var expression = new StringBuilder("^");
        for (var at = 0; at < pattern.Length; at++)
        {
            if (pattern[at] == '*')
                expression.Append(".*");
            else
                expression.Append(Regex.Escape((pattern[at] == '\\' && at + 1 < pattern.Length ? pattern[++at] : pattern[at]).ToString()));
        }

        return Regex.IsMatch(text, expression.Append("\\z").ToString(), RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }
}

using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using LocalAws.Wire;

namespace LocalAws.Parameters;

/// <summary>
/// The Parameter Store of AWS Systems Manager (AWS Systems Manager User Guide, "Managing parameter tiers" and "Creating Parameter Store
/// parameters"); what is too large for the standard tier goes into the advanced one where the writer lets it.
/// </summary>
public sealed partial class ParameterStore(Cloud cloud)
{
    private const int MostBytes = 4096;
    private const int MostAdvancedBytes = 8192;
    private const int LongestName = 1011;

    private static readonly ImmutableArray<string> Types = ["String", "StringList", "SecureString"];

    private readonly SortedDictionary<string, ImmutableArray<Parameter>> parameters = new(StringComparer.Ordinal);

    /// <summary>All parameters as they are now, by name.</summary>
    public ImmutableArray<Parameter> All => [.. parameters.Values.Select(versions => versions[^1])];

    /// <summary>Writes a parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type; null: what it is, or <c>String</c>.</param>
    /// <param name="value">Its value.</param>
    /// <param name="overwrite">Whether one that exists gets another version.</param>
    /// <param name="mayBeAdvanced">Whether it may go into the advanced tier.</param>
    /// <exception cref="AwsErrorException"><c>ParameterAlreadyExists</c>, <c>ValidationException</c>, <c>UnsupportedParameterType</c>.</exception>
    public Parameter Put(string name, string? type, string value, bool overwrite, bool mayBeAdvanced = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!Names().IsMatch(name) || name.Length > LongestName)
            throw new AwsErrorException("ValidationException", $"Parameter name: can't be prefixed with \"ssm\" or \"aws\" (case-insensitive). It can only contain a mix of letters, numbers and the following 4 symbols .-_/: {name}");
        if (type is not null && !Types.Contains(type, StringComparer.Ordinal))
            throw new AwsErrorException("UnsupportedParameterType", $"The parameter type {type} is not supported.");
        if (Encoding.UTF8.GetByteCount(value) is var bytes && bytes > (mayBeAdvanced ? MostAdvancedBytes : MostBytes))
            throw new AwsErrorException("ValidationException", mayBeAdvanced ? $"Advanced tier parameters support a maximum parameter value of {MostAdvancedBytes} characters." : $"Standard tier parameters support a maximum parameter value of {MostBytes} characters.");
        var before = parameters.TryGetValue(name, out var versions) ? versions : [];
        if (!before.IsEmpty && !overwrite)
            throw new AwsErrorException("ParameterAlreadyExists", "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
        var parameter = new Parameter(name, type ?? before.LastOrDefault()?.Type ?? Types[0], value, before.Length + 1, cloud.Time.GetUtcNow());
        parameters[name] = before.Add(parameter);
        return parameter;
    }

    /// <summary>Finds a parameter by its name, or one version of it by <c>name:version</c>; null: there is none.</summary>
    public Parameter? Find(string selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        var parts = selector.Split(':');
        return parameters.TryGetValue(parts[0], out var versions)
            ? parts.Length == 1 ? versions[^1] : versions.FirstOrDefault(one => one.Version.ToString(System.Globalization.CultureInfo.InvariantCulture) == parts[1])
            : null;
    }

    /// <summary>Deletes a parameter with all its versions; false: there was none.</summary>
    public bool Delete(string name) => parameters.Remove(name);

    [GeneratedRegex("^(?!/?(aws|ssm))[A-Za-z0-9_./-]+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();
}

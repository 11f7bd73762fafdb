using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace LocalAws.Rds;

/// <summary>Parameter groups of instances or of clusters, and what is in them.</summary>
public sealed class ParameterGroups
{
    private readonly Dictionary<string, ImmutableArray<JsonObject>> described = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> engines = new(StringComparer.OrdinalIgnoreCase);
    private ImmutableArray<JsonObject>? general;

    /// <summary>Says what is in a group.</summary>
    /// <param name="group">Its name; null: every group that is not described by itself.</param>
    /// <param name="parameters">As <c>describe-db-parameters</c> prints them.</param>
    public void Set(string? group, ImmutableArray<JsonObject> parameters)
    {
        if (group is null)
            general = parameters;
        else
            described[group] = parameters;
    }

    /// <summary>The parameters of a group; null: there is no such group.</summary>
    public ImmutableArray<JsonObject>? Find(string group)
    {
        if (described.TryGetValue(group, out var parameters))
            return parameters;
        if (!engines.TryGetValue(group, out var engine) && !group.StartsWith("default.", StringComparison.OrdinalIgnoreCase))
            return null;
        return general ?? Defaults(engine ?? group);
    }

    /// <summary>Notes that a database uses a group.</summary>
    internal void Know(string group, string? engine) => engines.TryAdd(group, engine);

    /// <summary>
    /// What AWS's default groups say of connection errors (MySQL 8.0 Reference Manual: <c>max_connect_errors</c>, default 100;
    /// <c>host_cache_size</c> sized by the server). Of other engines nothing is known.
    /// </summary>
    private static ImmutableArray<JsonObject> Defaults(string engine) => !engine.Contains("mysql", StringComparison.OrdinalIgnoreCase) && !engine.Contains("maria", StringComparison.OrdinalIgnoreCase)
        ? []
        :
        [
            Parameter("host_cache_size", null, "0-65536", "static"),
            Parameter("max_connect_errors", "100", "1-9223372036854775807", "dynamic"),
        ];

    private static JsonObject Parameter(string name, string? value, string allowed, string apply)
    {
        var parameter = new JsonObject
        {
            ["ParameterName"] = name,
            ["Source"] = "engine-default",
            ["ApplyType"] = apply,
            ["DataType"] = "integer",
            ["AllowedValues"] = allowed,
            ["IsModifiable"] = true,
            ["ApplyMethod"] = "pending-reboot",
        };
        if (value is not null)
            parameter["ParameterValue"] = value;
        return parameter;
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Util;

namespace Amazon.Offline;

/// <summary>
/// The form body of the ec2 and query protocols. What is null is left out; an empty list that was assigned is sent as a name without a value
/// (AWS SDK for .NET V4 migration guide, "Collections").
/// </summary>
internal sealed class Form
{
    public Form(AmazonWebServiceRequest input, string service, string action, string version)
    {
        Request = new DefaultRequest(input, service);
        Request.Parameters.Add("Action", action);
        Request.Parameters.Add("Version", version);
    }

    public DefaultRequest Request { get; }

    public void Put(string name, string value)
    {
        if (value is not null)
            Request.Parameters.Add(name, StringUtils.FromString(value));
    }

    public void Put(string name, ConstantClass value) => Put(name, value?.Value);

    public void Put(string name, bool? value) => Put(name, value is { } some ? StringUtils.FromBool(some) : null);

    public void Put(string name, int? value) => Put(name, value is { } some ? StringUtils.FromInt(some) : null);

    public void Put(string name, long? value) => Put(name, value is { } some ? StringUtils.FromLong(some) : null);

    public void Put(string name, DateTime? value) => Put(name, value is { } some ? StringUtils.FromDateTimeToISO8601WithOptionalMs(some) : null);

    public void Put(string name, MemoryStream value) => Put(name, value is null ? null : StringUtils.FromMemoryStream(value));

    public void Put<T>(string name, T value, Action<Form, string, T> write) where T : class
    {
        if (value is not null)
            write(this, name + ".", value);
    }

    public void PutList(string name, string item, List<string> values)
    {
        if (!IsSet(name, values))
            return;
        for (var index = 0; index < values.Count; index++)
            Put(Numbered(item, index), values[index]);
    }

    public void PutList<T>(string name, string item, List<T> values, Action<Form, string, T> write) where T : class
    {
        if (!IsSet(name, values))
            return;
        for (var index = 0; index < values.Count; index++)
            Put(Numbered(item, index), values[index], write);
    }

    public void PutMap<T>(string name, string entry, Dictionary<string, T> values, Action<Form, string, T> write) where T : class
    {
        if (!IsSet(name, values))
            return;
        var index = 0;
        foreach (var (key, value) in values)
        {
            var numbered = Numbered(entry, index++);
            Put(numbered + ".Name", key);
            Put(numbered + ".Value", value, write);
        }
    }

    private static string Numbered(string item, int index) => item + "." + (index + 1).ToString(CultureInfo.InvariantCulture);

    private bool IsSet(string name, System.Collections.ICollection values)
    {
        if (values is { Count: 0 } && !AWSConfigs.InitializeCollections)
            Put(name, "");
        return values is { Count: > 0 };
    }
}

namespace Amazon.Lambda.Annotations;

/// <summary>Marks a handler parameter that the container fills, once per invocation.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class FromServicesAttribute : Attribute;

namespace Amazon.Lambda.Annotations;

/// <summary>Marks the one class of the assembly that fills the container.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class LambdaStartupAttribute : Attribute;

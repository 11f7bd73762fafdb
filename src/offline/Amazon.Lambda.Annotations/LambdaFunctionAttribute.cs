namespace Amazon.Lambda.Annotations;

/// <summary>Marks a method as a Lambda function: a class that wraps it is generated beside it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class LambdaFunctionAttribute : Attribute
{
    public string ResourceName { get; set; }

    public uint Timeout { get; set; }

    public uint MemorySize { get; set; }

    public string Role { get; set; }

    public string Policies { get; set; }

    public LambdaPackageType PackageType { get; set; }
}

/// <summary>How the function is packaged.</summary>
public enum LambdaPackageType
{
    Zip = 0,
    Image = 1,
}

namespace Amazon.Lambda.Annotations;

/// <summary>An attribute that carries a name.</summary>
public interface INamedAttribute
{
    string Name { get; set; }
}

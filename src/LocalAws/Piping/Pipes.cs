namespace LocalAws.Piping;

/// <summary>The account's pipes.</summary>
public sealed class Pipes
{
    private readonly OrderedDictionary<string, Pipe> pipes = new(StringComparer.Ordinal);
    private readonly Cloud cloud;
    private readonly Chance chance;

    internal Pipes(Cloud cloud)
    {
        this.cloud = cloud;
        chance = cloud.Chance.Apart("pipes");
    }

    /// <summary>All of them, oldest first.</summary>
    public IReadOnlyCollection<Pipe> All => pipes.Values;

    /// <summary>Adds a pipe, which begins to work at once where it is enabled.</summary>
    /// <exception cref="Wire.AwsErrorException">There is no such queue.</exception>
    public Pipe Add(PipeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var pipe = new Pipe(cloud, chance, settings);
        pipes.Add(settings.Name, pipe);
        return pipe;
    }

    /// <summary>Deletes a pipe.</summary>
    internal void Remove(string name)
    {
        if (pipes.Remove(name, out var pipe))
            pipe.Stop();
    }
}

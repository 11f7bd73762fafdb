using System.Globalization;
using System.Text;

namespace LocalAws;

/// <summary>All chance of a simulated cloud, from one seed. Equal seeds and equal calls give equal worlds.</summary>
/// <param name="seed">Any number.</param>
public sealed class Chance(int seed)
{
#pragma warning disable CA5394 // Repeatability is the point; nothing here is a secret.
    private readonly Random random = new(seed);

    /// <summary>The seed that it began with.</summary>
    public int Seed { get; } = seed;

    /// <summary>A chance of its own for one matter, fixed by the seed and this name: what is drawn from it changes nothing that is drawn elsewhere.</summary>
    public Chance Apart(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(name.Aggregate(Seed, static (mixed, letter) => unchecked((mixed * 31) + letter)));
    }

    /// <summary>A number from 0 (included) to 1 (excluded).</summary>
    public double NextDouble() => random.NextDouble();

    /// <summary>A whole number from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public int Next(int from, int to) => random.Next(from, to + 1);

    /// <summary>A time between the two, evenly spread.</summary>
    public TimeSpan Between(TimeSpan from, TimeSpan to) => from + ((to - from) * random.NextDouble());

    /// <summary>An id in AWS's form: <c>prefix-</c> and 17 hexadecimal digits that begin with 0.</summary>
    public string Id(string prefix) => $"{prefix}-0{Hex(16)}";

    /// <summary>This many lower-case hexadecimal digits.</summary>
    public string Hex(int digits)
    {
        var text = new StringBuilder(digits);
        for (var i = 0; i < digits; i++)
            text.Append(random.Next(16).ToString("x", CultureInfo.InvariantCulture));
        return text.ToString();
    }

    /// <summary>An id in the form of a UUID.</summary>
    public string Uuid() => $"{Hex(8)}-{Hex(4)}-4{Hex(3)}-a{Hex(3)}-{Hex(12)}";
#pragma warning restore CA5394
}

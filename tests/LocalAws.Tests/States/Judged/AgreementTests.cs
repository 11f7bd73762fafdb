using LocalAws.Tests.Moto;
using Xunit;

namespace LocalAws.Tests.States.Judged;

/// <summary>Another maker's interpreter of the language comes to the same outputs and error names.</summary>
public sealed class AgreementTests(MotoServer server) : IClassFixture<MotoServer>
{
    private const int Seeds = 40;

    private readonly MotoStates moto = new(server);

    public static TheoryData<string> Definitions => [.. JudgedCases.Definitions.Keys];

    public static TheoryData<string> Expressions => [.. JudgedCases.Expressions.Keys];

    public static TheoryData<int> Machines => [.. Enumerable.Range(1, Seeds)];

    [Theory]
    [MemberData(nameof(Definitions))]
    public void A_definition_ends_as_the_table_says(string name)
    {
        var judged = JudgedCases.Definitions[name];

        Assert.Equal(judged.Expected, Local(judged.Still, judged.Input));
        Assert.Equal(judged.Expected, Outcome.Of(new Machine(judged.Definition).Run(judged.Input, (_, _) => judged.Answer())));
    }

    [SkippableTheory]
    [MemberData(nameof(Definitions))]
    public void A_definition_ends_the_same_there(string name) => Judge(JudgedCases.Definitions[name]);

    [SkippableTheory]
    [MemberData(nameof(Expressions))]
    public void An_expression_gives_the_same_there(string name) => Judge(JudgedCases.Expressions[name]);

    [Fact]
    public void Every_known_fault_is_shown_by_a_case() => Assert.Empty(
        KnownFaults.All.SelectMany(fault => fault.Cases).Except(JudgedCases.Definitions.Keys, StringComparer.Ordinal).Except(JudgedCases.Expressions.Keys, StringComparer.Ordinal));

    [SkippableTheory]
    [MemberData(nameof(Machines))]
    public void A_drawn_machine_ends_the_same_there(int seed)
    {
        MotoServer.Need();
        var (definition, input) = RandomMachine.Draw(seed);

        var (here, there) = (Local(definition, input), moto.Run(definition, input));

        Assert.True(here == there, $"seed {seed}: here {here}, there {there}\n{definition}\n{input}");
    }

    private static Outcome Local(string definition, string input) => Outcome.Of(new Machine(definition).Run(input));

    private void Judge(JudgedCase judged)
    {
        MotoServer.Need();

        var there = moto.Run(judged.Still, judged.Input);

        if (KnownFaults.Of(judged.Name) is { } fault)
            Assert.True(judged.Expected != there, $"This has gone and should leave the list: {fault.What}");
        else
            Assert.Equal(judged.Expected, there);
    }
}

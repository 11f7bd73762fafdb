using System.Globalization;
using LocalAws.Sns;
using ServerlessPrivateLink.Cli.Rehearsal;

namespace ServerlessPrivateLink.Cli.Local;

/// <summary>Shows alerts soon after they are published.</summary>
/// <param name="deployed">Where they are published.</param>
/// <param name="output">Where they are shown.</param>
internal sealed class Announcements(DeployedStack deployed, TextWriter output)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(0.2);

    private int shown;

    /// <summary>Looks for alerts, so many times a real second, until disposed.</summary>
    /// <param name="speed">Simulated seconds in a real one.</param>
    public ITimer Start(double speed) => deployed.Cloud.Time.CreateTimer(_ => Look(), null, TimeSpan.Zero, BetweenLooks * speed);

    private void Look()
    {
        var published = deployed.Cloud.Sns.Published;
        for (; shown < published.Count; shown++)
        {
            if (published[shown].TopicArn == deployed.AlertTopicArn)
                Write(published[shown]);
        }
    }

    private void Write(PublishedMessage message)
    {
        output.WriteLine();
        output.WriteLine($"{message.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} alert: {message.Subject}");
        foreach (var line in message.Message.Split('\n'))
            output.WriteLine($"  {line}".TrimEnd());
        output.Flush();
    }
}

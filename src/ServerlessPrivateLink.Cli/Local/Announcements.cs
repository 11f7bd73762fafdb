using System.Globalization;
using LocalAws.Sns;
using ServerlessPrivateLink.Cli.Rehearsal;

namespace ServerlessPrivateLink.Cli.Local;

/// <summary>Shows alerts as they are published.</summary>
internal static class Announcements
{
    public static void Show(DeployedStack deployed, TextWriter output)
    {
        var sns = deployed.Cloud.Sns;
        var others = sns.OnPublished;
        sns.OnPublished = message =>
        {
            others?.Invoke(message);
            if (message.TopicArn == deployed.AlertTopicArn)
                Write(output, message);
        };
    }

    private static void Write(TextWriter output, PublishedMessage message)
    {
        output.WriteLine();
        output.WriteLine($"{message.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} alert: {message.Subject}");
        foreach (var line in message.Message.Split('\n'))
            output.WriteLine($"  {line}".TrimEnd());
        output.Flush();
    }
}

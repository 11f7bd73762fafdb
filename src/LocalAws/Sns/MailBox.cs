using System.Globalization;
using System.Text;

namespace LocalAws.Sns;

/// <summary>An e-mail that SNS sent.</summary>
/// <param name="At">When.</param>
/// <param name="To">To whom.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Body">Its text.</param>
public sealed record SentMail(DateTimeOffset At, string To, string Subject, string Body);

/// <summary>Where e-mail ends: it is kept, and dropped as a file where a folder is named.</summary>
internal sealed class MailBox(string? folder)
{
    private readonly List<SentMail> sent = [];

    public IReadOnlyList<SentMail> Sent => sent;

    public void Drop(SentMail mail)
    {
        sent.Add(mail);
        if (folder is null)
            return;
        Directory.CreateDirectory(folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"{mail.At.UtcDateTime:yyyyMMdd-HHmmss}-{sent.Count:D4}.eml");
        File.WriteAllText(Path.Combine(folder, name), Text(mail), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    private static string Text(SentMail mail) => string.Join("\r\n",
    [
        "From: AWS Notifications <no-reply@sns.amazonaws.com>",
        $"To: {mail.To}",
        $"Subject: {mail.Subject}",
        $"Date: {mail.At.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        mail.Body.ReplaceLineEndings("\r\n"),
    ]);
}

using System.Globalization;

namespace ServerlessPrivateLink.Deploying;

/// <summary>Puts answers where CloudFormation waits for them, and nowhere else.</summary>
public sealed class AnswerDoor(HttpClient http, AnswerPlace place)
{
    public bool Hears(StackRequest request) => place.Hears(request);

    /// <exception cref="AnswerRefusedException">It was not taken.</exception>
    public async Task PutAsync(Uri answer, byte[] body, CancellationToken token)
    {
        if (!place.Takes(answer)) throw new AnswerRefusedException("it would go to a place that is not CloudFormation's");

        // What was signed has no Content-Type.
        using var content = new ByteArrayContent(body);
        using var taken = await http.PutAsync(answer, content, token);
        if (!taken.IsSuccessStatusCode) throw new AnswerRefusedException(string.Create(CultureInfo.InvariantCulture, $"S3 said {(int)taken.StatusCode}"));
    }

    /// <summary>A redirect would lead the answer to a place that nobody has looked at.</summary>
    public static SocketsHttpHandler NoRedirects() => new() { AllowAutoRedirect = false };
}

/// <summary>CloudFormation has no answer yet. The message names no address.</summary>
public sealed class AnswerRefusedException(string why) : Exception($"An answer to CloudFormation was not taken: {why}.");

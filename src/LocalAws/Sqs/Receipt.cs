using System.Globalization;
using System.Text;

namespace LocalAws.Sqs;

/// <summary>What a receipt handle stands for: one receiving of one message.</summary>
/// <param name="Queue">The queue's name.</param>
/// <param name="MessageId">The message.</param>
/// <param name="Number">Which receiving it was.</param>
internal sealed record Receipt(string Queue, string MessageId, int Number)
{
    private const string Mark = "local-receipt";

    /// <exception cref="Wire.AwsErrorException">It was never given out for this queue.</exception>
    public static Receipt Read(string? handle, string queue)
    {
        if (string.IsNullOrEmpty(handle))
            throw SqsErrors.Missing("ReceiptHandle");
        var bytes = new byte[handle.Length];
        return Convert.TryFromBase64String(handle, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split('/') is [Mark, var of, var id, var number]
            && of == queue
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? new(queue, id, count)
                : throw new Wire.AwsErrorException("ReceiptHandleIsInvalid", $"The input receipt handle \"{handle}\" is not a valid receipt handle.");
    }

    public bool IsLastOf(QueueMessage message) => message.MessageId == MessageId && message.ReceiveCount == Number;

    public override string ToString() =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Mark}/{Queue}/{MessageId}/{Number}")));
}

using System.Collections.Immutable;
using System.Text.Json;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Deploying;

/// <summary>
/// Keeps requests that wait for their executions, each in an encrypted parameter of its own: an execution's input is shown to whoever may
/// look at executions, and goes out with every event of it, and the address for the answer must not.
/// </summary>
public sealed class RequestStore(IAmazonSimpleSystemsManagement parameters, StackSettings settings)
{
    private string Place => $"/ServerlessPrivateLink/{settings.Stack}/requests";

    // Systems Manager has no secure strings in China ("Get a secure string value from Systems Manager Parameter Store", AWS CloudFormation User Guide).
    private ParameterType Kind => settings.Partition == "aws-cn" ? ParameterType.String : ParameterType.SecureString;

    /// <summary>Keeps a new request; one that was kept before stays, and is handed back.</summary>
    public async Task<PendingRequest> BeginAsync(PendingRequest request, CancellationToken token)
    {
        try
        {
            await PutAsync(request, overwrite: false, token);
            return request;
        }
        catch (ParameterAlreadyExistsException)
        {
            return await FindAsync(request.Name, token) ?? request;
        }
    }

    public Task SaveAsync(PendingRequest request, CancellationToken token) => PutAsync(request, overwrite: true, token);

    /// <summary>Nothing is answered to it any more, and its address is gone; it is known on for a while.</summary>
    public Task CloseAsync(PendingRequest request, CancellationToken token) => SaveAsync(request with { Address = "" }, token);

    public async Task<PendingRequest?> FindAsync(string name, CancellationToken token)
    {
        try
        {
            var found = await parameters.GetParameterAsync(new GetParameterRequest { Name = $"{Place}/{name}", WithDecryption = true }, token);
            return Read(found.Parameter.Value);
        }
        catch (ParameterNotFoundException)
        {
            return null;
        }
    }

    public async Task<ImmutableArray<PendingRequest>> AllAsync(CancellationToken token) =>
    [
        .. (await Pages.ReadAsync(
            next => parameters.GetParametersByPathAsync(new GetParametersByPathRequest { Path = Place, WithDecryption = true, NextToken = next }, token),
            static answer => answer.Parameters,
            static answer => answer.NextToken)).Select(static found => Read(found.Value)),
    ];

    public async Task ForgetAsync(PendingRequest request, CancellationToken token)
    {
        try
        {
            await parameters.DeleteParameterAsync(new DeleteParameterRequest { Name = $"{Place}/{request.Name}" }, token);
        }
        catch (ParameterNotFoundException)
        {
            // Another run was faster.
        }
    }

    private Task<PutParameterResponse> PutAsync(PendingRequest request, bool overwrite, CancellationToken token) => parameters.PutParameterAsync(
        new PutParameterRequest
        {
            Name = $"{Place}/{request.Name}",
            Value = JsonSerializer.Serialize(request, Wire.Default.PendingRequest),
            Type = Kind,
            Tier = ParameterTier.IntelligentTiering,
            Overwrite = overwrite,
        },
        token);

    private static PendingRequest Read(string value) => JsonSerializer.Deserialize(value, Wire.Default.PendingRequest)!;
}

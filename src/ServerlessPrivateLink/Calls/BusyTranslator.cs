using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace ServerlessPrivateLink.Calls;

/// <summary>Stands at the top of a client's pipeline, outside its retries: what is still busy after them gets the one name that the state machine knows.</summary>
internal sealed class BusyTranslator : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        try
        {
            return await base.InvokeAsync<T>(executionContext);
        }
        catch (Exception failure) when (BusySign.In(failure))
        {
            throw new AwsBusyException(executionContext.RequestContext.RequestName, failure.Message, failure);
        }
    }
}

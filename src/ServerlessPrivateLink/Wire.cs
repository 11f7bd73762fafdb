using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using ServerlessPrivateLink;
using ServerlessPrivateLink.Connections;
using ServerlessPrivateLink.Deploying;
using ServerlessPrivateLink.Probing;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Release;
using ServerlessPrivateLink.TargetSync;

[assembly: LambdaSerializer(typeof(WireSerializer))]

namespace ServerlessPrivateLink;

/// <summary>Everything that crosses the door of a function.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNameCaseInsensitive = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PlanLinkInput))]
[JsonSerializable(typeof(ResolveAddressesInput))]
[JsonSerializable(typeof(ResolveAddressesOutput))]
[JsonSerializable(typeof(EnsureTargetGroupsInput))]
[JsonSerializable(typeof(EnsureTargetGroupsOutput))]
[JsonSerializable(typeof(RegisterTargetsInput))]
[JsonSerializable(typeof(RegisterTargetsOutput))]
[JsonSerializable(typeof(EnsureSecurityGroupInput))]
[JsonSerializable(typeof(EnsureSecurityGroupOutput))]
[JsonSerializable(typeof(EnsureLoadBalancerInput))]
[JsonSerializable(typeof(EnsureLoadBalancerOutput))]
[JsonSerializable(typeof(CheckLoadBalancerInput))]
[JsonSerializable(typeof(CheckLoadBalancerOutput))]
[JsonSerializable(typeof(AuthorizeDatabaseIngressInput))]
[JsonSerializable(typeof(AuthorizeDatabaseIngressOutput))]
[JsonSerializable(typeof(EnsureListenersInput))]
[JsonSerializable(typeof(EnsureListenersOutput))]
[JsonSerializable(typeof(EnsureEndpointServiceInput))]
[JsonSerializable(typeof(EnsureEndpointServiceOutput))]
[JsonSerializable(typeof(SubscribeConnectionEventsInput))]
[JsonSerializable(typeof(SubscribeConnectionEventsOutput))]
[JsonSerializable(typeof(AllowConsumersInput))]
[JsonSerializable(typeof(AllowConsumersOutput))]
[JsonSerializable(typeof(CheckTargetsInput))]
[JsonSerializable(typeof(CheckTargetsOutput))]
[JsonSerializable(typeof(RemoveLeftoversInput))]
[JsonSerializable(typeof(RemoveLeftoversOutput))]
[JsonSerializable(typeof(ProbeDatabaseInput))]
[JsonSerializable(typeof(ProbeDatabaseOutput))]
[JsonSerializable(typeof(AnnounceServiceInput))]
[JsonSerializable(typeof(Announcement))]
[JsonSerializable(typeof(CheckConnectionInput))]
[JsonSerializable(typeof(CheckConnectionOutput))]
[JsonSerializable(typeof(ReleaseMadeInput))]
[JsonSerializable(typeof(ReleaseMadeOutput))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(ReportFailureInput))]
[JsonSerializable(typeof(ReportFailureOutput))]
[JsonSerializable(typeof(ReportExecutionOutput))]
[JsonSerializable(typeof(LinkPlan))]
[JsonSerializable(typeof(SyncTargetsInput))]
[JsonSerializable(typeof(FollowProgress))]
[JsonSerializable(typeof(Registrations))]
[JsonSerializable(typeof(ListNamesInput))]
[JsonSerializable(typeof(ListNamesOutput))]
[JsonSerializable(typeof(StartFollowOutput))]
[JsonSerializable(typeof(FollowStart))]
[JsonSerializable(typeof(ReviewConnectionsOutput))]
[JsonSerializable(typeof(AnswerConnectionInput))]
[JsonSerializable(typeof(AnswerConnectionOutput))]
[JsonSerializable(typeof(PlanReleaseInput))]
[JsonSerializable(typeof(PlanReleaseOutput))]
[JsonSerializable(typeof(EndConnectionsInput))]
[JsonSerializable(typeof(EndConnectionsOutput))]
[JsonSerializable(typeof(DeletionInput))]
[JsonSerializable(typeof(DeletionOutput))]
[JsonSerializable(typeof(RevokeDatabaseIngressInput))]
[JsonSerializable(typeof(RevokeDatabaseIngressOutput))]
[JsonSerializable(typeof(ReportReleaseInput))]
[JsonSerializable(typeof(ReportReleaseOutput))]
[JsonSerializable(typeof(HandledRequest))]
[JsonSerializable(typeof(AnswerAnnouncedInput))]
[JsonSerializable(typeof(AnswerAnnouncedOutput))]
[JsonSerializable(typeof(AnswerEndedOutput))]
[JsonSerializable(typeof(PendingRequest))]
[JsonSerializable(typeof(ResponseObject))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class Wire : JsonSerializerContext;

/// <summary>
/// Strict, so that a missing or null field fails at the door and not three steps later. The library builds its own options:
/// what the context's attribute says about reading does not reach it.
/// </summary>
internal sealed class WireSerializer() : SourceGeneratorLambdaJsonSerializer<Wire>(static options =>
{
    options.RespectNullableAnnotations = true;
    options.RespectRequiredConstructorParameters = true;
    // A nullable field is a required one too, so null is written.
    options.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
});

using Amazon.Lambda.Core;

namespace Amazon.Lambda.TestUtilities;

/// <summary>A mobile client that a test describes.</summary>
public class TestClientContext : IClientContext
{
    public IDictionary<string, string> Environment { get; set; } = new Dictionary<string, string>();

    public IClientApplication Client { get; set; }

    public IDictionary<string, string> Custom { get; set; } = new Dictionary<string, string>();
}

/// <summary>A mobile application that a test describes.</summary>
public class TestClientApplication : IClientApplication
{
    public string AppPackageName { get; set; }

    public string AppTitle { get; set; }

    public string AppVersionCode { get; set; }

    public string AppVersionName { get; set; }

    public string InstallationId { get; set; }
}

/// <summary>A Cognito identity that a test describes.</summary>
public class TestCognitoIdentity : ICognitoIdentity
{
    public string IdentityId { get; set; }

    public string IdentityPoolId { get; set; }
}

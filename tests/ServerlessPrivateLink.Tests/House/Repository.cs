namespace ServerlessPrivateLink.Tests.House;

/// <summary>The working copy that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", "node_modules", ".git", ".aws-sam", ".vs", ".idea", ".vscode"];

    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>The build configuration of this run, which is that of everything it can look at.</summary>
    public static string Configuration { get; } = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";

    public static string At(string relative) => Path.Combine(Root, relative);

    /// <summary>Every file that people or tools keep here, by its path from the root with forward slashes.</summary>
    public static IEnumerable<string> Files() => Below(new DirectoryInfo(Root)).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'));

    public static IEnumerable<string> Files(params string[] endings) =>
        Files().Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)));

    private static IEnumerable<string> Below(DirectoryInfo folder) => folder.EnumerateFiles().Select(file => file.FullName)
        .Concat(folder.EnumerateDirectories().Where(child => !NotOurs.Contains(child.Name, StringComparer.Ordinal)).SelectMany(Below));

    private static string Above(string folder) => File.Exists(Path.Combine(folder, "ServerlessPrivateLink.sln"))
        ? folder
        : Above(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No ServerlessPrivateLink.sln above the tests."));
}

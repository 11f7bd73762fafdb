using LocalAws.Faults;

namespace ServerlessPrivateLink.Benchmarks.Crash;

/// <summary>What befalls a run.</summary>
/// <param name="Place">At which call, from 0 on.</param>
/// <param name="Kind">What.</param>
/// <param name="Lasts">Whether nothing more is done from then on: every later call's caller dies, too.</param>
internal sealed record CrashHit(int Place, FaultKind Kind, bool Lasts);

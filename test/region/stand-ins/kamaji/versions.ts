/** Newest minor Kamaji knows, and the minors the region's one kube-apiserver can behave as. */
const SUPPORTED_MINOR = 36;
const OLDEST_EMULATED_MINOR = 33;

/**
 * Why Kamaji's admission refuses a version, in its words; undefined when it does not. Patches are set to zero before
 * anything is compared, so that one may also go back (internal/webhook/handlers/tcp_version.go:32,72,79).
 */
export function versionProblem(wanted: string, current?: string): string | undefined {
  const next = minorOf(wanted);
  if (next === undefined) return `unable to parse the desired Kubernetes version: ${wanted}`;
  const old = current === undefined ? undefined : minorOf(current);
  if (old === undefined) {
    if (next <= SUPPORTED_MINOR) return undefined;
    return `unable to create a TenantControlPlane with a Kubernetes version greater than the supported one, actually v1.${SUPPORTED_MINOR}`;
  }
  if (next > SUPPORTED_MINOR) {
    return `unable to upgrade to a version greater than the supported one (v1.${SUPPORTED_MINOR})`;
  }
  if (next < old) return `unable to downgrade a TenantControlPlane from 1.${old}.0 to 1.${next}.0`;
  if (next - old > 1) return 'unable to upgrade to a minor version in a non-sequential mode';
  return undefined;
}

/** The minor the API server is told to behave as; `stoodIn` when the asked one is too old for it. */
export function emulatedVersion(version: string): { minor: string; stoodIn: boolean } {
  const asked = minorOf(version) ?? SUPPORTED_MINOR;
  const minor = Math.min(Math.max(asked, OLDEST_EMULATED_MINOR), SUPPORTED_MINOR);
  return { minor: `1.${minor}`, stoodIn: minor !== asked };
}

/** What whoever reads the region's output is told of a version that it serves by another; undefined when it does not. */
export function standInNote(version: string): string | undefined {
  const { minor, stoodIn } = emulatedVersion(version);
  if (!stoodIn) return undefined;
  return `Kubernetes ${version} is stood in for by ${minor}, the oldest minor that the region's Kubernetes programs (1.${SUPPORTED_MINOR}) can behave as`;
}

function minorOf(version: string): number | undefined {
  const minor = /^v?1\.(\d+)\.\d+/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

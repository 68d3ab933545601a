/** Newest minor Kamaji knows, and the minors the region's one kube-apiserver can behave as. */
const SUPPORTED_MINOR = 36;
const OLDEST_EMULATED_MINOR = 33;

/** Why Kamaji's admission refuses a version, in its words; undefined when it does not. */
export function versionProblem(wanted: string, current?: string): string | undefined {
  const next = parse(wanted);
  if (!next) return `unable to parse the desired Kubernetes version: ${wanted}`;
  const old = current === undefined ? undefined : parse(current);
  if (!old) {
    if (next.minor <= SUPPORTED_MINOR) return undefined;
    return `unable to create a TenantControlPlane with a Kubernetes version greater than the supported one, actually 1.${SUPPORTED_MINOR}`;
  }
  if (next.minor > SUPPORTED_MINOR) {
    return `unable to upgrade to a version greater than the supported one, actually 1.${SUPPORTED_MINOR}`;
  }
  if (next.minor < old.minor || (next.minor === old.minor && next.patch < old.patch)) {
    return `unable to downgrade a TenantControlPlane from ${bare(current ?? '')} to ${bare(wanted)}`;
  }
  if (next.minor - old.minor > 1) return 'unable to upgrade to a minor version in a non-sequential mode';
  return undefined;
}

/** The minor the API server is told to behave as; `stoodIn` when the asked one is too old for it. */
export function emulatedVersion(version: string): { minor: string; stoodIn: boolean } {
  const asked = parse(version)?.minor ?? SUPPORTED_MINOR;
  const minor = Math.min(Math.max(asked, OLDEST_EMULATED_MINOR), SUPPORTED_MINOR);
  return { minor: `1.${minor}`, stoodIn: minor !== asked };
}

/** What whoever reads the region's output is told of a version that it serves by another; undefined when it does not. */
export function standInNote(version: string): string | undefined {
  const { minor, stoodIn } = emulatedVersion(version);
  if (!stoodIn) return undefined;
  return `Kubernetes ${version} is stood in for by ${minor}, the oldest minor that the region's Kubernetes programs (1.${SUPPORTED_MINOR}) can behave as`;
}

function parse(version: string): { minor: number; patch: number } | undefined {
  const match = /^v?1\.(\d+)\.(\d+)/.exec(version);
  return match ? { minor: Number(match[1]), patch: Number(match[2]) } : undefined;
}

function bare(version: string): string {
  return version.replace(/^v/, '');
}

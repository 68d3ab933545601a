/** Minors of Kubernetes from one to another, both ends included; without `to` also those to come. */
export interface MinorRange {
  /** `v1.31` */
  from: string;
  /** `v1.36` */
  to?: string | undefined;
}

/** `v1.34` → 34, and so for `v1.34.9`; minors are compared as numbers, for as text v1.9 is above v1.10. */
export function minorNumber(version: string): number {
  return Number(version.split('.')[1] ?? 0);
}

/** Whether a minor lies in a range. */
export function inRange(version: string, { from, to }: MinorRange): boolean {
  const number = minorNumber(version);
  return minorNumber(from) <= number && (to === undefined || number <= minorNumber(to));
}

/** Names of minors, oldest first. */
export function byMinor(names: readonly string[]): string[] {
  return [...names].sort((a, b) => minorNumber(a) - minorNumber(b));
}

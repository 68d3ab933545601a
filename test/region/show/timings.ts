import type { Timing } from '../stages.ts';

/** Where the time went: the region's stages, which overlap, then the claim. */
export function describeTimings(timings: Timing[], claimSeconds: number, totalSeconds: number): string {
  const ordered = [...timings].sort((a, b) => a.began - b.began);
  const rows = ordered.map(({ stage, began, seconds }) => line(stage, seconds, `from ${began.toFixed(1)} s`));
  return [
    'Time by stage (stages overlap):',
    ...rows,
    line('claim to Ready', claimSeconds),
    line('everything', totalSeconds),
  ].join('\n');
}

function line(name: string, seconds: number, note = ''): string {
  return `  ${name.padEnd(28)}${seconds.toFixed(1).padStart(6)} s  ${note}`.trimEnd();
}

import { createHash } from 'node:crypto';

/**
 * Stretches a time limit on a slow machine. The factor is measured once: how much longer than on the machine the
 * limits were chosen on a fixed piece of work takes, never below 1.
 */
export function patience(ms: number): number {
  return Math.round(ms * slowness());
}

/** The measured factor. */
export function slowness(): number {
  measured ??= Math.max(1, measure() / REFERENCE_MS);
  return measured;
}

let measured: number | undefined;

/** What the work below takes on the 2-core machine the limits were chosen on. */
const REFERENCE_MS = 60;

function measure(): number {
  const block = Buffer.alloc(1 << 20, 7);
  const start = performance.now();
  const hash = createHash('md5');
  for (let i = 0; i < 32; i++) hash.update(block);
  hash.digest();
  return performance.now() - start;
}

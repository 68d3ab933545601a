import { Counter, Histogram, type Registry } from 'prom-client';
import { MAX_COMPOSED } from '../api/limits.ts';
import type { Call } from './function.ts';

/**
 * Registers what the function measures of its calls. Labels come from small closed sets: a kind is named only if it is
 * one of `kinds`.
 *
 * @returns what to tell every call
 */
export function registerCallMetrics(registry: Registry, kinds: readonly string[]): (call: Call) => void {
  const registers = [registry];
  const calls = new Counter({
    name: 'hikube_function_calls_total',
    help: 'Calls of RunFunction by kind of the composite and result (ok, fatal, error, malformed).',
    labelNames: ['kind', 'result'],
    registers,
  });
  const duration = new Histogram({
    name: 'hikube_function_duration_seconds',
    help: 'Time from the received bytes of a request to the bytes of its response.',
    labelNames: ['kind'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const requestSize = new Histogram({
    name: 'hikube_function_request_bytes',
    help: 'Size of encoded requests.',
    labelNames: ['kind'],
    buckets: SIZES,
    registers,
  });
  const responseSize = new Histogram({
    name: 'hikube_function_response_bytes',
    help: 'Size of encoded responses; Crossplane takes at most 4 MiB.',
    labelNames: ['kind'],
    buckets: SIZES,
    registers,
  });
  const composed = new Histogram({
    name: 'hikube_function_composed_objects',
    help: `Objects a composite is composed of; more than ${MAX_COMPOSED} make its circuit breaker likely to open.`,
    labelNames: ['kind'],
    buckets: [1, 5, 10, 20, 30, 40, 60, 100],
    registers,
  });
  return call => {
    const kind = kinds.includes(call.kind) ? call.kind : 'unknown';
    calls.inc({ kind, result: call.result });
    duration.observe({ kind }, call.seconds);
    requestSize.observe({ kind }, call.requestBytes);
    responseSize.observe({ kind }, call.responseBytes);
    if (call.result === 'ok') composed.observe({ kind }, call.composed);
  };
}

const SIZES = [1, 4, 16, 64, 256, 1024, 4096, 16384].map(kib => kib * 1024);

import { describe, expect, test } from 'vitest';
import { at, type JsonObject } from '../../../base/json.ts';
import type { CHARTS } from '../../../catalog/schema/chart.ts';
import { releasesOf } from './testing/context.ts';

const on = { enabled: true };

/**
 * How each chart's programs come to a changed configuration. A chart that is missing here does not compile; where the
 * answer is a value of ours, the tests below look for it.
 */
const HOW: Record<(typeof CHARTS)[number], 'value' | 'arguments' | 'reads it anew' | 'checksum of the chart' | 'none'> =
  {
    cilium: 'value',
    'cert-manager': 'value',
    coredns: 'reads it anew',
    'ingress-nginx': 'reads it anew',
    traefik: 'arguments',
    'fluent-bit': 'checksum of the chart',
    'gpu-operator': 'reads it anew',
    csi: 'arguments',
    'metrics-server': 'arguments',
    fluxcd: 'arguments',
    'node-exporter': 'arguments',
    'kube-state-metrics': 'arguments',
    velero: 'arguments',
    'vertical-pod-autoscaler': 'arguments',
    'gateway-api': 'none',
  };

describe('programs that read their configuration only at the start are restarted when it changes', () => {
  test.each([
    'rollOutCiliumPods',
    'operator.rollOutPods',
    'envoy.rollOutPods',
    'hubble.relay.rollOutPods',
    'hubble.ui.rollOutPods',
  ])('Cilium: %s', path => {
    expect(HOW.cilium).toBe('value');
    expect(at(releasesOf({}).cilium?.values, ...path.split('.'))).toBe(true);
  });

  test('CoreDNS reads its configuration anew', () => {
    expect(at(releasesOf({}).coredns?.values, 'servers', 0, 'plugins')).toContainEqual({ name: 'reload' });
  });

  test.each([[[]], [['webhook']], [['cainjector']]])('cert-manager: a hash of the configuration at %j', path => {
    const hash = (config: JsonObject | undefined) => {
      const nested = path.reduceRight<JsonObject>((inner, key) => ({ [key]: inner }), config ? { config } : {});
      const values = releasesOf({ certManager: { ...on, valuesOverride: nested } })['cert-manager']?.values;
      return at(values, ...path, 'podAnnotations', 'hikube.cloud/config');
    };
    expect(hash({ logging: { verbosity: 2 } })).toMatch(/^[0-9a-f]+$/);
    expect(hash({ logging: { verbosity: 3 } })).not.toBe(hash({ logging: { verbosity: 2 } }));
    expect(hash({ a: 1, b: 2 })).toBe(hash({ b: 2, a: 1 }));
    expect(hash(undefined)).toBeUndefined();
  });

  test('cert-manager comes to know gateways when they are switched on later', () => {
    const hash = (addons: JsonObject) =>
      at(releasesOf({ certManager: on, ...addons })['cert-manager']?.values, 'podAnnotations', 'hikube.cloud/config');
    expect(hash({})).toBeUndefined();
    expect(hash({ gatewayAPI: on })).toBeDefined();
  });
});

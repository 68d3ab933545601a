import { describe, expect, test } from 'vitest';
import { at, type JsonObject } from '../../../base/json.ts';
import { releasesOf } from './testing/context.ts';

const on = { enabled: true };
const small = { instanceType: 's1.small', minReplicas: 1 };

describe('cilium', () => {
  const values = (addons = {}, groups?: Parameters<typeof releasesOf>[1]) => releasesOf(addons, groups).cilium?.values;

  test('it reaches the API without the Service network it is to build, and replaces kube-proxy', () => {
    expect(values()).toMatchObject({
      k8sServiceHost: 'shop.acme.svc',
      k8sServicePort: 6443,
      kubeProxyReplacement: true,
    });
  });

  test('its packets fit into the platform’s and Hubble is on (H78)', () => {
    expect(values()).toMatchObject({ MTU: 1350, hubble: { enabled: true } });
  });

  test('with the Gateway API it serves gateways, once their kinds exist (H74)', () => {
    const release = releasesOf({ gatewayAPI: on }).cilium;
    expect(release?.values).toMatchObject({
      gatewayAPI: { enabled: true, enableAlpn: true },
      envoy: { enabled: true },
    });
    expect(release?.dependsOn).toEqual(['gateway-api']);
    expect(values()).not.toHaveProperty('gatewayAPI');
  });

  test('encryption without a type is WireGuard, which needs no Secret; a type given wins', () => {
    const encryption = (given: JsonObject) =>
      at(values({ cilium: { valuesOverride: { encryption: given } } }), 'encryption');
    expect(encryption({ enabled: true })).toEqual({ enabled: true, type: 'wireguard' });
    expect(encryption({ enabled: true, type: 'ipsec' })).toEqual({ enabled: true, type: 'ipsec' });
  });

  test('Hubble’s certificates are renewed, by a job that finds a node in every cluster', () => {
    expect(values()).toMatchObject({
      hubble: { tls: { auto: { method: 'cronJob' } } },
      certgen: { tolerations: [{ operator: 'Exists' }] },
    });
  });

  test('a second operator only where a second node is', () => {
    expect(values({}, { web: small })).toMatchObject({ operator: { replicas: 1 } });
    expect(values({}, { web: small, app: small })).toMatchObject({ operator: { replicas: 2 } });
  });
});

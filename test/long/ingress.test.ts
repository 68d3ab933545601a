import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/base/json.ts';
import { applyClaim, CLAIM, leaveClaim, smallClaim, untilReady } from '../e2e/support/claims.ts';
import { tenantApi } from '../e2e/support/cluster.ts';
import { type Asked, ask } from '../e2e/support/outside.ts';
import { at, list, text } from '../e2e/support/read.ts';
import { admin } from '../e2e/support/region.ts';
import { until } from '../e2e/support/wait.ts';
import type { Kube } from '../region/kube.ts';
import type { KubeObject } from '../region/kube-types.ts';
import { type Authority, createAuthority } from '../region/pki.ts';

const namespace = 'ingress';
const HOSTS = ['shop.example.com', 'www.shop.example.com'];

/**
 * Traefik itself runs here, as a Pod of the tenant's node, on the arguments that the release's values make. No registry
 * of modules serves ingress-nginx, so before the change there is its release alone: nothing answers.
 */
describe('the Ingresses of a tenant that changes to Traefik', () => {
  let kube: Kube;
  let tenant: Kube;
  let claim: KubeObject;
  let authority: Authority;
  let before: unknown[];
  /** A node's address, for what does not come by the shared ingress. */
  let node: string;
  const atNode = (port: number): Partial<Asked> => ({ at: { address: node, port } });
  const get = (url: string, how: Partial<Asked> = {}) => ask({ url, ca: authority.cert, ...how });

  beforeAll(async () => {
    kube = admin();
    authority = await createAuthority('the tenant');
    claim = smallClaim(namespace, 'shop', {
      nodeGroups: { general: { minReplicas: 1, maxReplicas: 1, instanceType: 's1.large' } },
      addons: { ingressNginx: { enabled: true, engine: 'nginx', hosts: HOSTS } },
    });
    await applyClaim(kube, claim);
    claim = await untilReady(kube, claim);
    tenant = await tenantApi(kube, claim);
    const [launcher] = await kube.list('v1/Pod', { namespace, labelSelector: 'kubevirt.io=virt-launcher' });
    node = text(launcher, 'status', 'podIP') ?? '';

    const probes = [
      { href: 'https://shop.example.com/', how: {} },
      { href: 'https://www.shop.example.com/', how: {} },
      { href: 'https://a.tiles.example.com/', how: atNode(30001) },
      { href: 'http://shop.example.com/.well-known/acme-challenge/token', how: {} },
    ];
    for (const app of ['shop', 'www', 'tiles', 'challenge']) await serve(app);
    await certificate('shop', ['shop.example.com']);
    await certificate('www', ['www.shop.example.com']);
    await certificate('tiles', ['*.tiles.example.com']);
    await ingress('shop', 'shop.example.com', { tls: 'shop' });
    await ingress('www', 'www.shop.example.com', { tls: 'www' });
    await ingress('tiles', '*.tiles.example.com', { tls: 'tiles' });
    await ingress('challenge', 'shop.example.com', {
      path: '/.well-known/acme-challenge/token',
      annotations: { 'nginx.ingress.kubernetes.io/ssl-redirect': 'false' },
    });
    before = await identities();
    const change = { spec: { addons: { ingressNginx: { engine: 'traefik' } } } };
    await kube.mergePatch(CLAIM, 'shop', namespace, change);
    await until('Traefik to be the only engine', async () => (await engines()).join() === 'shop-ingress-traefik', {
      timeoutMs: 300_000,
      explain: async () => (await engines()).join(),
    });
    await until('status.dns to have its targets', async () =>
      list(await kube.get(CLAIM, 'shop', namespace), 'status', 'dns').every(record => text(record, 'target')),
    );
    await until('both Traefiks to know every Ingress', async () => {
      for (const { href, how } of Array.from({ length: 6 }, () => probes).flat()) {
        if ((await get(href, how).catch(noAnswer)).status !== 200) return false;
      }
      return true;
    });
  });
  afterAll(async () => {
    await tenant?.close();
    await leaveClaim(kube, claim);
    await kube.close();
  });

  test('the change of engines kept Service, ports and class as they were', async () => {
    expect(before).toHaveLength(2);
    expect(await identities()).toEqual(before);
  });

  test('H23 a host answers with its own certificate, told apart by the name that is asked for', async () => {
    expect(await get('https://shop.example.com/cart')).toMatchObject({
      status: 200,
      body: { app: 'shop', url: '/cart', host: 'shop.example.com' },
    });
    expect(await get('https://www.shop.example.com/')).toMatchObject({ status: 200, body: { app: 'www' } });
  });

  test('H23 a wildcard host answers for every name under it, and for no other', async () => {
    const tls = atNode(30001);
    expect(await get('https://a.tiles.example.com/', tls)).toMatchObject({ status: 200, body: { app: 'tiles' } });
    expect(await get('https://b.tiles.example.com/', tls)).toMatchObject({ status: 200, body: { app: 'tiles' } });
    await expect(get('https://tiles.example.com/', tls)).rejects.toThrow();
  });

  test('plain HTTP is sent to HTTPS, by the shared ingress and by the controller itself', async () => {
    const fromOutside = await get('http://shop.example.com/cart');
    const atTheNode = await get('http://shop.example.com/cart', atNode(30000));
    for (const answer of [fromOutside, atTheNode]) {
      expect(answer.status).toBeGreaterThanOrEqual(301);
      expect(answer.status).toBeLessThanOrEqual(308);
      expect(answer.location).toBe('https://shop.example.com/cart');
    }
  });

  test("a path with ssl-redirect off answers by plain HTTP, as Let's Encrypt asks for it", async () => {
    expect(await get('http://shop.example.com/.well-known/acme-challenge/token')).toMatchObject({
      status: 200,
      body: { app: 'challenge' },
    });
  });

  test('an Ingress that goes takes its host with it', async () => {
    await tenant.delete('networking.k8s.io/v1/Ingress', 'www', 'default');
    await until('www to be gone', async () => {
      const answer = await get('https://www.shop.example.com/').catch(noAnswer);
      return answer.status !== 200;
    });
    expect(await get('https://shop.example.com/')).toMatchObject({ status: 200 });
  });

  /** Releases of engines, in whatever state. */
  async function engines(): Promise<string[]> {
    const releases = await kube.list('helm.toolkit.fluxcd.io/v2/HelmRelease', { namespace });
    return releases.map(({ metadata }) => metadata.name).filter(name => /^shop-ingress-./.test(name));
  }

  /** What must outlive an engine, as far as others rely on it. */
  async function identities(): Promise<unknown[]> {
    const service = await tenant.get('v1/Service', 'ingress-nginx-controller', 'ingress-nginx');
    const type = await tenant.get('networking.k8s.io/v1/IngressClass', 'nginx');
    const ports = list(service, 'spec', 'ports').map(port => [at(port, 'port'), at(port, 'nodePort')]);
    return [
      { uid: service?.metadata.uid, address: text(service, 'spec', 'clusterIP'), ports },
      { uid: type?.metadata.uid, controller: text(type, 'spec', 'controller') },
    ];
  }

  /** A web server of two Pods behind a Service. */
  async function serve(app: string): Promise<void> {
    const labels = { app };
    const metadata = { name: app, namespace: 'default' };
    const ports = [{ name: 'http', containerPort: 8080 }];
    const containers = [{ name: app, image: 'region/http-echo:stand-in', ports }];
    await tenant.apply({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
      },
    });
    const service = { selector: labels, ports: [{ port: 80, targetPort: 'http' }] };
    await tenant.apply({ apiVersion: 'v1', kind: 'Service', metadata, spec: service });
  }

  async function certificate(name: string, dnsNames: string[]): Promise<void> {
    const pair = await authority.issue({ commonName: name, dnsNames, usages: ['server'] });
    const encode = (pem: string): string => Buffer.from(pem).toString('base64');
    await tenant.apply({
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/tls',
      metadata: { name, namespace: 'default' },
      data: { 'tls.crt': encode(pair.cert), 'tls.key': encode(pair.key) },
    });
  }

  async function ingress(
    name: string,
    host: string,
    { tls, path = '/', annotations = {} }: { tls?: string; path?: string; annotations?: Record<string, string> },
  ): Promise<void> {
    const backend = { service: { name, port: { number: 80 } } };
    const spec: JsonObject = {
      ingressClassName: 'nginx',
      rules: [{ host, http: { paths: [{ path, pathType: 'Prefix', backend }] } }],
      ...(tls && { tls: [{ hosts: [host], secretName: tls }] }),
    };
    const metadata = { name, namespace: 'default', annotations };
    await tenant.apply({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec });
  }
});

/** Nobody listens yet, or with a certificate that is not the host's. */
function noAnswer(): { status: number } {
  return { status: 0 };
}

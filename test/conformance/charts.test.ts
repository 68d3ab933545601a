import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCrds } from '../region/crds.ts';
import { startHelmController } from '../region/flux/helm-controller.ts';
import { createIdentity } from '../region/identities.ts';
import { applyCrds } from '../region/install/crds.ts';
import { at, condition, type JsonObject, list, str } from '../region/json.ts';
import { connect, type KubeObject } from '../region/kube.ts';
import { rules, startSources } from '../region/stand-ins/sources/start.ts';
import { waitFor } from '../region/wait.ts';
import { type BareCluster, startBareCluster } from './clusters.ts';

const namespace = 'acme';
const registry = 'oci://ghcr.io/hidoraswiss/hikube-crossplane/charts';
const images = {
  driver: 'quay.io/kubevirt/kubevirt-csi-driver:v1',
  registrar: 'registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.14.0',
  livenessProbe: 'registry.k8s.io/sig-storage/livenessprobe:v2.16.0',
};

let platform: BareCluster;
let tenant: BareCluster;
let sources: { stop(): Promise<void> };

beforeAll(async () => {
  [platform, tenant] = await Promise.all([startBareCluster(), startBareCluster()]);
  const { kube, pki, supervisor, binaries } = platform;
  const nowhere = { url: 'https://127.0.0.1:1', ca: pki.authority.cert };
  const crds = await loadCrds({ conversion: { core: nowhere, bootstrap: nowhere }, log: () => undefined });
  const flux = crds.filter(crd => str(crd.spec?.group)?.endsWith('toolkit.fluxcd.io'));
  await applyCrds(kube, flux);
  const ca = pki.authority.cert;
  const kubeconfig = await createIdentity(kube, ca, { namespace: 'flux-system', name: 'source-controller', rules });
  sources = await startSources({
    kubeconfig,
    kube: connect(kubeconfig),
    log: line => console.log(line),
    tell: line => console.log(line),
    dir: platform.dir,
    binaries,
    processes: supervisor,
    signal: new AbortController().signal,
  });
  const dir = join(platform.dir, 'flux');
  await mkdir(dir);
  await startHelmController({
    kube,
    supervisor,
    binary: binaries('helm-controller'),
    dir,
    ca,
    proxyUrl: 'http://127.0.0.1:1',
  });
  await kube.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await kube.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'demo-kubeconfig', namespace },
    data: { value: Buffer.from(tenant.kubeconfig).toString('base64') },
  });
});

afterAll(async () => {
  await sources?.stop();
  await Promise.all([platform?.stop(), tenant?.stop()]);
});

describe('the chart hikube-tenant', () => {
  it('gives a tenant storage classes and the node half of the storage driver', async () => {
    await ociSource('hikube-tenant', `${registry}/hikube-tenant`, '0.2.0');
    await release('csi', 'kube-system', 'hikube-tenant', {
      csi: { enabled: true, images },
      storageClasses: [
        { name: 'replicated', infraStorageClassName: 'replicated', default: true },
        { name: 'local', infraStorageClassName: 'local', bus: 'virtio' },
      ],
    });
    await ready('csi');
    const classes = await tenant.kube.list('storage.k8s.io/v1/StorageClass');
    expect(Object.fromEntries(classes.map(entry => [entry.metadata.name, entry.parameters]))).toEqual({
      replicated: { infraStorageClassName: 'replicated', bus: 'scsi' },
      local: { infraStorageClassName: 'local', bus: 'virtio' },
    });
    const standard = classes.filter(
      entry => entry.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true',
    );
    expect(standard.map(entry => entry.metadata.name)).toEqual(['replicated']);
    expect(classes.every(entry => entry.allowVolumeExpansion === true)).toBe(true);
    expect(await tenant.kube.get('storage.k8s.io/v1/CSIDriver', 'csi.kubevirt.io')).toBeDefined();
    const daemons = await tenant.kube.get('apps/v1/DaemonSet', 'kubevirt-csi-node', 'kube-system');
    const containers = list(at(daemons, 'spec', 'template', 'spec', 'containers'));
    expect(containers.map(container => at(container, 'image'))).toEqual(Object.values(images));
    expect(containers.every(container => at(container, 'resources', 'limits', 'memory') !== undefined)).toBe(true);
  });

  it('takes names that look like other things in YAML for what they are', async () => {
    const names = ['1234', 'true', 'null', '1e3', 'no'];
    await release('odd', 'kube-system', 'hikube-tenant', {
      storageClasses: names.map(name => ({ name, infraStorageClassName: `${name}: {{ x }} # "y" 'z'` })),
    });
    await ready('odd');
    const classes = await tenant.kube.list('storage.k8s.io/v1/StorageClass');
    const found = classes.filter(entry => names.includes(entry.metadata.name));
    expect(
      Object.fromEntries(found.map(entry => [entry.metadata.name, at(entry, 'parameters', 'infraStorageClassName')])),
    ).toEqual(Object.fromEntries(names.map(name => [name, `${name}: {{ x }} # "y" 'z'`])));
  });

  it('refuses values it does not know, two default classes, and a driver without images', async () => {
    await release('wrong', 'kube-system', 'hikube-tenant', { storageClass: [] });
    expect(await failed('wrong')).toContain('additional properties');
    await release('twice', 'kube-system', 'hikube-tenant', {
      storageClasses: ['a', 'b'].map(name => ({ name, infraStorageClassName: name, default: true })),
    });
    expect(await failed('twice')).toContain('a, b are all default');
    await release('bare', 'kube-system', 'hikube-tenant', { csi: { enabled: true } });
    expect(await failed('bare')).toContain('images');
  });

  it('has the issuer of the how-to once cert-manager is there (H68)', async () => {
    await ociSource('cert-manager', 'oci://quay.io/jetstack/charts/cert-manager', 'v1.21.2');
    await release('cert-manager', 'cert-manager', 'cert-manager', { crds: { enabled: true } });
    await release(
      'issuers',
      'cert-manager',
      'hikube-tenant',
      { clusterIssuer: { enabled: true, email: 'ops@acme.example' } },
      { dependsOn: [{ name: 'demo-cert-manager' }] },
    );
    await ready('issuers');
    const issuer = await tenant.kube.get('cert-manager.io/v1/ClusterIssuer', 'letsencrypt-prod');
    expect(at(issuer, 'spec', 'acme')).toMatchObject({
      email: 'ops@acme.example',
      solvers: [{ http01: { ingress: { ingressClassName: 'nginx' } } }],
    });
  });

  it('asks Flux to apply a Git repository once it is there (H71)', async () => {
    await repository('flux2', 'https://fluxcd-community.github.io/helm-charts');
    const sourceRef = { kind: 'HelmRepository', name: 'flux2' };
    const chart = { spec: { chart: 'flux2', version: '2.18.3', sourceRef } };
    await helmRelease('fluxcd', 'flux-system', { chart, values: {} });
    await release(
      'gitops',
      'flux-system',
      'hikube-tenant',
      { gitops: { url: 'https://git.example/acme/apps', path: './clusters/demo' } },
      { dependsOn: [{ name: 'demo-fluxcd' }] },
    );
    await ready('gitops');
    const kustomization = await tenant.kube.get(
      'kustomize.toolkit.fluxcd.io/v1/Kustomization',
      'flux-system',
      'flux-system',
    );
    expect(kustomization?.spec).toMatchObject({ interval: '1m', path: './clusters/demo', prune: true });
  });
});

describe('the chart hikube-gateway-api', () => {
  it('installs the definitions of the standard channel (H74)', async () => {
    await ociSource('gateway-api', `${registry}/hikube-gateway-api`, '1.4.1');
    await release('gateway-api', 'kube-system', 'gateway-api', {});
    await ready('gateway-api');
    for (const kind of ['GatewayClass', 'Gateway', 'HTTPRoute']) {
      expect((await tenant.kube.resource(`gateway.networking.k8s.io/v1/${kind}`)).kind).toBe(kind);
    }
  });
});

describe('an upstream chart', () => {
  it('records what it was given', async () => {
    await repository('metrics-server', 'https://kubernetes-sigs.github.io/metrics-server/');
    await repositoryRelease('metrics-server', '3.13.1', { replicas: 2 });
    await ready('metrics-server');
    const record = await tenant.kube.get('v1/ConfigMap', 'metrics-server-values', 'kube-system');
    expect(record?.data).toMatchObject({ chart: 'metrics-server', version: '3.13.1' });
    expect(JSON.parse(record?.data?.values ?? '')).toEqual({ replicas: 2 });
  });

  it('in a version that was never published fails', async () => {
    await repositoryRelease('metrics-server', '99.0.0', {});
    await waitFor('the chart to be refused', async () => {
      const chart = await platform.kube.get(
        'source.toolkit.fluxcd.io/v1/HelmChart',
        `${namespace}-demo-metrics-server`,
        namespace,
      );
      return condition(chart, 'Ready')?.reason === 'InvalidChartReference';
    });
  });

  it('at an unknown address fails', async () => {
    await ociSource('typo', 'oci://quay.io/cilium/charts/ciliun', '1.19.5');
    await waitFor('the source to be refused', async () => {
      const source = await platform.kube.get('source.toolkit.fluxcd.io/v1/OCIRepository', 'typo', namespace);
      return condition(source, 'Ready')?.reason === 'OCIArtifactPullFailed';
    });
  });
});

async function ociSource(name: string, url: string, tag: string): Promise<void> {
  const mediaType = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
  await platform.kube.apply({
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'OCIRepository',
    metadata: { name, namespace },
    spec: { url, interval: '1h', ref: { tag }, layerSelector: { mediaType, operation: 'copy' } },
  });
}

async function repository(name: string, url: string): Promise<void> {
  await platform.kube.apply({
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'HelmRepository',
    metadata: { name, namespace },
    spec: { url, interval: '1h' },
  });
}

function release(name: string, target: string, source: string, values: JsonObject, more: JsonObject = {}) {
  return helmRelease(name, target, { chartRef: { kind: 'OCIRepository', name: source }, values, ...more });
}

function repositoryRelease(chart: string, version: string, values: JsonObject) {
  const sourceRef = { kind: 'HelmRepository', name: chart };
  return helmRelease(chart, 'kube-system', { chart: { spec: { chart, version, sourceRef } }, values });
}

async function helmRelease(name: string, target: string, spec: JsonObject): Promise<void> {
  const release: KubeObject = {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: `demo-${name}`, namespace },
    spec: {
      interval: '1h',
      releaseName: name,
      targetNamespace: target,
      storageNamespace: target,
      kubeConfig: { secretRef: { name: 'demo-kubeconfig' } },
      install: { createNamespace: true, crds: 'CreateReplace' },
      upgrade: { crds: 'CreateReplace' },
      ...spec,
    },
  };
  await platform.kube.apply(release, { fieldValidation: 'Strict' });
}

async function ready(name: string): Promise<void> {
  await waitFor(`release ${name}`, async () => {
    const state = condition(await find(name), 'Ready');
    if (state?.status === 'True') return true;
    throw new Error(`${state?.reason}: ${state?.message}`);
  });
}

async function failed(name: string): Promise<string> {
  return waitFor(`release ${name} to fail`, async () => {
    const state = condition(await find(name), 'Ready');
    return state?.reason === 'InstallFailed' ? state.message : undefined;
  });
}

function find(name: string): Promise<KubeObject | undefined> {
  return platform.kube.get('helm.toolkit.fluxcd.io/v2/HelmRelease', `demo-${name}`, namespace);
}

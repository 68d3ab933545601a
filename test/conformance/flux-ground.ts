import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadCrds } from '../region/crds.ts';
import { startHelmController } from '../region/flux/helm-controller.ts';
import { createIdentity } from '../region/identities.ts';
import { applyCrds } from '../region/install/crds.ts';
import { str } from '../region/json.ts';
import { connect } from '../region/kube.ts';
import { rules, startSources } from '../region/stand-ins/sources/start.ts';
import { type BareCluster, startBareCluster } from './clusters.ts';

/** A platform with Flux's real helm-controller and the region's chart sources, and a tenant cluster it reaches. */
export interface FluxGround {
  platform: BareCluster;
  tenant: BareCluster;
  stop(): Promise<void>;
}

/** @param claim whose kubeconfig Secret leads to the tenant cluster */
export async function startFluxGround(claim: { namespace: string; name: string }): Promise<FluxGround> {
  const [platform, tenant] = await Promise.all([startBareCluster(), startBareCluster()]);
  const { kube, pki, supervisor, binaries, dir } = platform;
  const nowhere = { url: 'https://127.0.0.1:1', ca: pki.authority.cert };
  const crds = await loadCrds({ conversion: { core: nowhere, bootstrap: nowhere }, log: () => undefined });
  await applyCrds(
    kube,
    crds.filter(crd => str(crd.spec?.group)?.endsWith('toolkit.fluxcd.io')),
  );
  const ca = pki.authority.cert;
  const kubeconfig = await createIdentity(kube, ca, { namespace: 'flux-system', name: 'source-controller', rules });
  const log = (line: string) => console.log(line);
  const signal = new AbortController().signal;
  const sources = await startSources({
    kubeconfig,
    kube: connect(kubeconfig),
    log,
    tell: log,
    dir,
    binaries,
    processes: supervisor,
    signal,
  });
  const folder = join(dir, 'flux');
  await mkdir(folder);
  await startHelmController({
    kube,
    supervisor,
    binary: binaries('helm-controller'),
    dir: folder,
    ca,
    proxyUrl: 'http://127.0.0.1:1',
  });
  await kube.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: claim.namespace } });
  await kube.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `${claim.name}-kubeconfig`, namespace: claim.namespace },
    data: { value: Buffer.from(tenant.kubeconfig).toString('base64') },
  });
  return {
    platform,
    tenant,
    async stop() {
      await sources.stop();
      await Promise.all([platform.stop(), tenant.stop()]);
    },
  };
}

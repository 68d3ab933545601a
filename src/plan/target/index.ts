import { addonReleases } from './addons/index.ts';
import { planClaimName } from './claim-name.ts';
import { checkComponentSizes } from './component-sizes.ts';
import type { TargetContext } from './context.ts';
import { controlPlaneFindings, planControlPlane } from './control-plane.ts';
import { planEtcd } from './etcd.ts';
import { planHosts } from './hosts.ts';
import { planNodePools } from './node-pool/index.ts';
import { planNodeSum } from './node-sum.ts';
import { planStorageClass } from './storage.ts';
import type { Target } from './types.ts';
import { planVersion } from './version.ts';
import { planZones } from './zones.ts';

/**
 * What a request means, from itself, the catalogue and the accepted specs where a choice is kept. It knows no status and
 * no time, so that the same request always means the same; what of it may happen now, `change`
 * decides (decision target-knows-no-status).
 */
export function targetOf(context: TargetContext): Target {
  const { cluster, request, catalog, accepted } = context;
  const name = planClaimName(cluster.name, Boolean(accepted.controlPlane ?? accepted.etcd));
  const version = planVersion(request.version, accepted, catalog);
  const storage = planStorageClass(request.storageClass, accepted.controlPlane?.defaultStorageClass, catalog);
  const zones = planZones(request.zones, accepted.etcd?.zones, catalog);
  const hosts = planHosts(context);
  const settled = { ...context, version: version.version, zones: zones.zones, storageClass: storage.name };
  const pools = planNodePools(settled);
  const network = accepted.controlPlane?.network ?? catalog.network;
  const sum = planNodeSum(pools.specs, accepted.pools, network);
  const addonContext = { ...settled, network };
  const addons = addonReleases(addonContext);
  return {
    children: {
      etcd: planEtcd(cluster, zones.zones, catalog, accepted.etcd),
      controlPlane: planControlPlane({ ...settled, hosts, maxNodes: sum.maxNodes }),
      pools: pools.specs,
      addons: { cluster: cluster.name, releases: addons.releases, ...addons.record },
    },
    hosts,
    unneeded: addons.unneeded,
    context: addonContext,
    findings: [
      ...name.findings,
      ...version.findings,
      ...storage.findings,
      ...zones.findings,
      ...hosts.findings,
      ...checkComponentSizes(request, catalog),
      ...controlPlaneFindings(request),
      ...pools.findings,
      ...sum.findings,
      ...addons.findings,
    ],
  };
}

import type { ControlPlaneSpec, ControlPlaneStatus } from '../../api/parts/control-plane.ts';
import type { ClusterStatus } from '../../api/v1alpha1/status.ts';

type DnsRecord = NonNullable<ClusterStatus['dns']>[number];

/** Records for every public name; each leads to where the Ingress that carries it says it is served. */
export function dnsRecords(
  spec: Pick<ControlPlaneSpec, 'endpoint' | 'ingress'> | undefined,
  status: Pick<ControlPlaneStatus, 'address' | 'ingressAddress'> | undefined,
): DnsRecord[] {
  const api = spec?.endpoint ? [record(spec.endpoint.host, status?.address)] : [];
  return [...api, ...(spec?.ingress?.hosts ?? []).map(host => record(host, status?.ingressAddress))];
}

/** An ingress with a name of its own wants an alias: an address record cannot hold a name. */
function record(name: string, target: string | undefined): DnsRecord {
  if (target === undefined) return { name, type: 'A' };
  const type = target.includes(':') ? 'AAAA' : IPV4.test(target) ? 'A' : 'CNAME';
  return { name, type, target };
}

const IPV4 = /^\d+(\.\d+){3}$/;

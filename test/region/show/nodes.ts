import { at, condition, list, str } from '../json.ts';
import { connect, type KubeObject } from '../kube.ts';
import type { Region } from '../region.ts';

/** The nodes that joined a claim's cluster, read from the tenant's own API server. */
export async function describeNodes(region: Region, claim: KubeObject): Promise<string> {
  const { name, namespace } = claim.metadata;
  const secret = await region.kube.get('v1/Secret', `${name}-kubeconfig`, namespace);
  const encoded = secret?.data?.value;
  if (!encoded) return `Nodes of ${name}: no kubeconfig yet`;
  const tenant = connect(Buffer.from(encoded, 'base64').toString(), { proxyUrl: region.proxyUrl });
  try {
    const nodes = await tenant.list('v1/Node');
    if (nodes.length === 0) return `Nodes of ${name}: none, as its groups start from zero`;
    const rows = nodes.map(row).sort((a, b) => a.join().localeCompare(b.join(), 'en'));
    return table([['NODE', 'ZONE', 'STATUS', 'ROLES', 'VERSION', 'GPU'], ...rows]);
  } finally {
    await tenant.close();
  }
}

function row(node: KubeObject): string[] {
  const labels = node.metadata.labels ?? {};
  const roles = Object.keys(labels)
    .filter(key => key.startsWith('node-role.kubernetes.io/'))
    .map(key => key.slice('node-role.kubernetes.io/'.length));
  const gpus = at(node, 'status', 'capacity', 'nvidia.com/gpu');
  return [
    node.metadata.name,
    labels['topology.kubernetes.io/zone'] ?? '',
    condition(node, 'Ready')?.status === 'True' ? 'Ready' : 'NotReady',
    roles.join(',') || '-',
    str(at(node, 'status', 'nodeInfo', 'kubeletVersion')) ?? '',
    gpus === undefined ? '-' : String(gpus),
  ];
}

function table(rows: string[][]): string {
  const widths = list(rows[0]).map((_, column) => Math.max(...rows.map(cells => cells[column]?.length ?? 0)));
  return rows
    .map(cells =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

import { createHash } from 'node:crypto';
import type { NodePoolSpec } from '../../api/parts/node-pool.ts';
import { isObject } from '../../base/json.ts';
import { type ClusterId, shortHash, withHash } from '../../base/names.ts';
import { sortedTaints } from './taints.ts';

/** A name that changes exactly when the nodes must be replaced; `hash` alone is unique within the zone. */
export interface TemplateName {
  name: string;
  hash: string;
}

/** Machine names add twelve characters to this and must remain valid host names and label values. */
const MAX_DEPLOYMENT_NAME = 50;

/** `<claim>-<group>-<zone>-<hash>`: nodes carry it as their prefix (D33). */
export function deploymentName(id: ClusterId, group: string, zone: string): string {
  return withHash(`${id.name}-${group}-${zone}`, shortHash(id.namespace, id.name, group, zone), MAX_DEPLOYMENT_NAME);
}

/** Name of the machine template: what the virtual machine is made of. */
export function machineTemplateName(id: ClusterId, spec: NodePoolSpec, zone: string): TemplateName {
  const { image, machine, disk, gpus, epoch } = spec;
  return templateName(id, spec.group, zone, { image, machine, disk, devices: gpus?.devices ?? [], epoch });
}

/** Name of the bootstrap template: what the kubelet is told. Its reservations follow the machine's size. */
export function bootstrapTemplateName(id: ClusterId, spec: NodePoolSpec, zone: string): TemplateName {
  const { machine, labels, gpus, epoch } = spec;
  return templateName(id, spec.group, zone, {
    cpu: machine.cpu,
    memory: machine.memory,
    labels,
    taints: sortedTaints(spec),
    model: gpus?.model ?? '',
    epoch,
  });
}

/**
 * Hashes resolved values, never rendered text: a new function image alone must replace no node
 * (decision new-image-rolls-nothing).
 */
function templateName(id: ClusterId, group: string, zone: string, content: unknown): TemplateName {
  const identity = [id.namespace, id.name, group, zone];
  const hash = createHash('sha256')
    .update(JSON.stringify([identity, hashable(content)]))
    .digest('hex')
    .slice(0, 10);
  return { name: withHash(`${id.name}-${group}-${zone}`, hash), hash };
}

/**
 * Lists in place of objects, so that neither the order of keys nor what is undefined changes the hash. This form stays
 * as it is for good: every template that exists is named by it.
 */
function hashable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hashable);
  if (!isObject(value)) return value;
  return Object.keys(value)
    .sort()
    .filter(key => value[key] !== undefined)
    .map(key => [key, hashable(value[key])]);
}

import type { Taint } from '../../../api/v1alpha1/node-group.ts';
import { isClusterTaint, isLabelKey } from '../../../base/labels.ts';
import type { Finding } from '../../finding.ts';

/**
 * Taints must be ones a node can join with. To Kubernetes they are a map by key and effect: a node that brings one
 * twice is refused, by us or by what Cluster API adds itself, and the group never has a node.
 */
export function checkTaints(taints: readonly Taint[], path: string): Finding[] {
  const identities = taints.map(({ key, effect }) => `${key}:${effect}`);
  return taints.flatMap(({ key }, index) => {
    const at = `${path}[${index}]`;
    const identity = identities[index] ?? '';
    const first = identities.indexOf(identity);
    return [
      ...(isLabelKey(key) ? [] : [badKey(key, at)]),
      ...(isClusterTaint(key) ? [reserved(key, at)] : []),
      ...(first < index ? [repeated(identity, first, at)] : []),
    ];
  });
}

function badKey(key: string, path: string): Finding {
  return {
    code: 'InvalidField',
    path: `${path}.key`,
    message: `${key} is not a taint key`,
    remedy: 'use a name of at most 63 characters, with a domain of at most 253 before it if need be',
  };
}

function reserved(key: string, path: string): Finding {
  return {
    code: 'ReservedTaint',
    path: `${path}.key`,
    message: `${key} is set and removed by the cluster itself`,
    remedy: 'use a key of your own domain',
  };
}

function repeated(identity: string, first: number, path: string): Finding {
  return {
    code: 'DuplicateEntry',
    path,
    message: `${identity} stands at [${first}] already; a node has each key and effect once`,
    remedy: 'leave one of them out',
  };
}

import { type ClusterId, nameFor, names } from '../../base/names.ts';
import { metadataOf } from '../metadata.ts';
import type { Rendered } from '../types.ts';
import { CONTROL_PLANE } from './resource-names.ts';

/** What stands beside the API server Pods that Kamaji makes: their identity on the platform, and what keeps drains apart. */
export function apiServerCompanions(id: ClusterId): Rendered {
  const name = apiServerAccountName(id);
  return new Map([
    [
      CONTROL_PLANE.apiServerAccount,
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: metadataOf(id, name),
        // Nothing in these Pods asks the platform's own API: a token would only help whoever breaks out of one.
        automountServiceAccountToken: false,
      },
    ],
    [
      CONTROL_PLANE.apiServerBudget,
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: metadataOf(id, name),
        spec: {
          // One at a time whatever their number; a single one may go too, or no drain of its host would ever end.
          maxUnavailable: 1,
          // One that does not serve protects nobody.
          unhealthyPodEvictionPolicy: 'AlwaysAllow',
          selector: { matchLabels: apiServerPods(id) },
        },
      },
    ],
  ]);
}

/** Name of the API server Pods' ServiceAccount. */
export function apiServerAccountName(id: ClusterId): string {
  return nameFor(id, 'api-server');
}

/** The label by which Kamaji marks the Pods of a tenant control plane. */
export function apiServerPods(id: ClusterId): { [key: string]: string } {
  return { 'kamaji.clastix.io/name': names.controlPlane(id) };
}

import { GROUP, HOST_RESERVATION_KIND, PART_VERSION } from '../api/group.ts';
import { hostReservationSpec } from '../api/host-reservation.ts';
import type { KubeObject } from '../base/object.ts';
import { structuralSchema } from './structural.ts';
import { namesOf } from './xrd.ts';

/**
 * The definition of HostReservation, a plain record without a controller. It ships in the function's package, because
 * a Configuration cannot hold resource definitions.
 */
export function hostReservationDefinition(): KubeObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `hostreservations.${GROUP}` },
    spec: {
      group: GROUP,
      scope: 'Cluster',
      names: namesOf(HOST_RESERVATION_KIND, 'hostreservations'),
      versions: [
        {
          name: PART_VERSION,
          served: true,
          storage: true,
          additionalPrinterColumns: [
            { name: 'Host', type: 'string', jsonPath: '.spec.host' },
            { name: 'Namespace', type: 'string', jsonPath: '.spec.cluster.namespace' },
            { name: 'Cluster', type: 'string', jsonPath: '.spec.cluster.name' },
            { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
          ],
          schema: {
            openAPIV3Schema: {
              type: 'object',
              description:
                'Reserves a host name for one cluster. Made by a HikubeCluster; its name is the hash of the host, so that two clusters cannot have the same host.',
              required: ['spec'],
              properties: { spec: structuralSchema(hostReservationSpec) },
            },
          },
        },
      ],
    },
  };
}

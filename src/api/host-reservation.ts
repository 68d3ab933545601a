import { z } from 'zod';

/** `HostReservation.spec`: which cluster a host name belongs to. The object is named by the hash of the host. */
export const hostReservationSpec = z
  .object({
    host: z.string().min(1).max(253).describe('Host name, in lower case.'),
    cluster: z
      .object({
        namespace: z.string().min(1).max(63).describe('Namespace of the claim.'),
        name: z.string().min(1).max(63).describe('Name of the claim.'),
      })
      .describe('Cluster the host name belongs to.'),
  })
  .describe('The host name and the cluster it belongs to.');

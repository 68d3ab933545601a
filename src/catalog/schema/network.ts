import { z } from 'zod';
import { isHostName } from '../../api/host-name.ts';
import { address, cidr } from './values.ts';

/** Addresses inside every tenant cluster; that they fit together is checked in `addresses.ts`. */
export const network = z.strictObject({
  podCidr: cidr,
  serviceCidr: cidr,
  clusterDomain: z.string().refine(isHostName, 'is not a domain such as cluster.local'),
  dnsServiceIp: address,
});

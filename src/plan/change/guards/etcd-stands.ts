import type { Guard } from './types.ts';

/**
 * Once it stands etcd stays as it was let through: its operator neither moves members nor changes storage, version or
 * TLS in place, and a cluster's data is not a thing to try that on.
 */
export const etcdStands: Guard = ({ kind }) =>
  kind === 'etcd'
    ? {
        code: 'EtcdStands',
        reason: 'the catalogue has another etcd, and the one of a running cluster stays as it was made',
        remedy: 'nothing is wrong; a new cluster gets the new etcd',
      }
    : undefined;

import type { Catalog } from '../schema.ts';

/** The 20 machine sizes of Hikube; `3large` and `3xlarge` stand between their neighbours. */
export const instanceTypes: Catalog['instanceTypes'] = {
  's1.small': { cpu: 1, memory: '2Gi' },
  's1.medium': { cpu: 2, memory: '4Gi' },
  's1.large': { cpu: 4, memory: '8Gi' },
  's1.xlarge': { cpu: 8, memory: '16Gi' },
  's1.3large': { cpu: 12, memory: '24Gi' },
  's1.2xlarge': { cpu: 16, memory: '32Gi' },
  's1.3xlarge': { cpu: 24, memory: '48Gi' },
  's1.4xlarge': { cpu: 32, memory: '64Gi' },
  's1.8xlarge': { cpu: 64, memory: '128Gi' },
  'u1.medium': { cpu: 1, memory: '4Gi' },
  'u1.large': { cpu: 2, memory: '8Gi' },
  'u1.xlarge': { cpu: 4, memory: '16Gi' },
  'u1.2xlarge': { cpu: 8, memory: '32Gi' },
  'u1.4xlarge': { cpu: 16, memory: '64Gi' },
  'u1.8xlarge': { cpu: 32, memory: '128Gi' },
  'm1.large': { cpu: 2, memory: '16Gi' },
  'm1.xlarge': { cpu: 4, memory: '32Gi' },
  'm1.2xlarge': { cpu: 8, memory: '64Gi' },
  'm1.4xlarge': { cpu: 16, memory: '128Gi' },
  'm1.8xlarge': { cpu: 32, memory: '256Gi' },
};

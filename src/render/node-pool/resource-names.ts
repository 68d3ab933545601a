/** What the objects of `HikubeNodePool` are composed as; templates are told apart by what their names tell them apart by. */
export const POOL = {
  healthCheck: 'health',
  deployment: (zone: string) => `deployment-${zone}`,
  machineTemplate: (zone: string, hash: string) => `machines-${zone}-${hash}`,
  bootstrapTemplate: (zone: string, hash: string) => `bootstrap-${zone}-${hash}`,
} as const;

/** What the objects of `HikubePlatform` are composed as, by the catalogue's names. */
export const PLATFORM = {
  namespace: 'namespace',
  storageClass: (name: string) => `storage-class-${name}`,
  instanceType: (name: string) => `instance-type-${name}`,
  chartSource: (name: string) => `chart-${name}`,
} as const;

import { describe, expect, test } from 'vitest';
import { INPUT_API_VERSION } from '../api/group.ts';
import { hikubeCatalog, parseCatalog } from './index.ts';
import { image } from './schema/values.ts';

const DIGEST = `sha256:${'0a'.repeat(32)}`;
const attempt = (overlay: object) => () => parseCatalog({ apiVersion: INPUT_API_VERSION, kind: 'Catalog', ...overlay });

describe('values of a catalogue', () => {
  test.each([
    [{ network: { podCidr: '10.243.0.0' } }, 'network.podCidr: is not a range'],
    [{ network: { podCidr: '10.243.1.0/16' } }, 'network.podCidr: is not a range'],
    [{ network: { serviceCidr: '10.95.0.0/99' } }, 'network.serviceCidr: is not a range'],
    [{ network: { dnsServiceIp: 'ten' } }, 'network.dnsServiceIp: is not an address'],
    [{ network: { dnsServiceIp: '10.96.0.10' } }, 'network.dnsServiceIp: 10.96.0.10 is no free address'],
    [{ network: { dnsServiceIp: '10.95.0.1' } }, 'network.dnsServiceIp: 10.95.0.1 is no free address'],
    [{ network: { dnsServiceIp: '10.95.0.0' } }, 'network.dnsServiceIp: 10.95.0.0 is no free address'],
    [{ network: { clusterDomain: 'Cluster_Local' } }, 'network.clusterDomain: is not a domain'],
    [{ network: { podCidr: '10.0.0.0/8' } }, 'network.serviceCidr: overlaps network.podCidr 10.0.0.0/8'],
    [{ network: { podCidr: '10.244.0.0/17' } }, 'network.podCidr: overlaps platform.ranges[0] 10.244.0.0/16'],
    [{ network: { podCidr: '10.243.0.0/24' } }, 'network.podCidr: 10.243.0.0/24 has no room for two nodes'],
    [{ network: { podCidr: 'fd00::/16' } }, 'network.podCidr: fd00::/16 is larger than'],
    [{ network: { serviceCidr: '10.0.0.0/8' } }, 'network.serviceCidr: 10.0.0.0/8 is larger than the API server takes'],
    [{ network: { podCidr: 'fd00:1::/48' } }, 'network.serviceCidr: is of another family'],
    [{ platform: { ranges: ['10.95.3.0/24'] } }, 'network.serviceCidr: overlaps platform.ranges[0] 10.95.3.0/24'],
    [{ acme: { email: 'nobody' } }, 'acme.email: is not an e-mail address'],
    [{ acme: { server: 'http://acme.example.com' } }, 'acme.server: is not an https:// address'],
    [{ monitoring: { logsHost: 'logs host' } }, 'monitoring.logsHost: is neither'],
    [{ monitoring: { logsHost: 'logs.{tenant}.svc' } }, 'monitoring.logsHost: is neither'],
    [{ monitoring: { logsPort: 0 } }, 'monitoring.logsPort'],
    [{ charts: { velero: { url: 'https://' } } }, 'charts.velero.url: is not an oci:// or https://'],
    [{ charts: { velero: { url: 'https://user:secret@charts.example.com' } } }, 'charts.velero.url'],
    [{ charts: { velero: { version: 'latest' } } }, 'charts.velero.version: is not one version'],
    [{ charts: { velero: { version: '12.x' } } }, 'charts.velero.version: is not one version'],
    [{ charts: { velero: { versions: [{ version: '>=11' }] } } }, 'charts.velero.versions[0].version: is not one'],
    [{ charts: { velero: { namespace: 'Velero' } } }, 'charts.velero.namespace: is not a name'],
    [{ charts: { velero: { goesWith: { cilium: '1.19' }, version: '12.1.1' } } }, undefined],
    [{ chartNamespace: 'hikube.system' }, 'chartNamespace: is not a name'],
    [
      { images: { csiDriver: 'quay.io/kubevirt/kubevirt-csi-driver:latest' } },
      'images.csiDriver: has no tag that stays',
    ],
    [{ versions: { 'v1.36': { nodeImage: 'example.com/node' } } }, 'versions.v1.36.nodeImage: has no tag that stays'],
    [{ versions: { 'v1.36': { konnectivity: '0.36' } } }, 'versions.v1.36.konnectivity'],
    [{ presets: { nano: { cpu: '0' } } }, 'presets.nano.cpu: is not a quantity above zero'],
    [{ presets: { nano: { memory: 'some' } } }, 'presets.nano.memory: is not a quantity above zero'],
    [{ etcd: { resources: { cpu: '' } } }, 'etcd.resources.cpu: is not a quantity above zero'],
    [{ etcd: { size: '0Gi' } }, 'etcd.size: is not a quantity above zero'],
    [{ instanceTypes: { 'X1 Huge': { cpu: 1, memory: '1Gi' } } }, 'instanceTypes.X1 Huge'],
    [{ storageClasses: { Fast_SSD: { replication: 'none', copies: 1 } } }, 'storageClasses.Fast_SSD'],
    [{ defaultNodeDisk: '0' }, 'defaultNodeDisk: is not a quantity above zero'],
    [{ defaultNodeDisk: '10Gi' }, 'defaultNodeDisk: 10Gi is less than versions.v1.30.minDisk 20Gi'],
    [{ zones: ['north', 'north'] }, 'zones: north is listed twice'],
    [{ gpus: [{ device: 'L40S', model: 'L40S' }] }, 'gpus[0].device: is not a device name'],
    [
      {
        gpus: [
          { device: 'nvidia.com/A', model: 'A', aliases: ['nvidia.com/B'] },
          { device: 'nvidia.com/B', model: 'B' },
        ],
      },
      'gpus: nvidia.com/B is listed twice',
    ],
  ])('%j: %s', (overlay, expected) => {
    if (expected === undefined) expect(attempt(overlay)).not.toThrow();
    else expect(attempt(overlay)).toThrow(expected);
  });

  test('a platform with IPv6 alone can be described', () => {
    const network = { podCidr: 'fd00:10:243::/56', serviceCidr: 'fd00:10:95::/112', dnsServiceIp: 'fd00:10:95::a' };
    expect(attempt({ network })().network).toMatchObject(network);
  });

  test.each([
    'example.com/a/b:v1.2.3',
    'example.com:5000/a:1.2.3-rc.1',
    `example.com/a@${DIGEST}`,
    `example.com/a:v1@${DIGEST}`,
    'example.com/a:20261125',
    'example.com/a:9ad38f9e49c296acfe7b9d3301ebff8a1056fa68',
  ])('%s stays as it is', text => {
    expect(image.safeParse(text).success).toBe(true);
  });

  test.each(['latest', 'main', 'stable', 'v1', '1.36', 'release-1.36', 'edge', 'nightly', 'dead'])(
    'an image with the tag %s does not stay as it is',
    tag => {
      expect(image.safeParse(`example.com/a:${tag}`).success).toBe(false);
    },
  );

  test('no image and no chart of the offer floats', () => {
    const { images, versions } = hikubeCatalog;
    const all = [
      ...Object.values(images),
      ...Object.values(versions).flatMap(({ nodeImage, autoscaler }) => [nodeImage, autoscaler]),
    ];
    expect(all.length).toBeGreaterThan(20);
    for (const text of all) expect(image.safeParse(text).success, text).toBe(true);
  });
});

import { expect, test } from 'vitest';
import { at, listAt, objectAt, stringAt } from '../../base/json.ts';
import { renderDataStore } from '../cluster/data-store.ts';
import { etcd, pick, shop } from '../testing/shop.ts';
import { renderEtcd } from './index.ts';

const rendered = renderEtcd(shop, etcd);
const members = pick(rendered, 'etcd');

test('H07: one member in each zone, never two in one, and a dead zone does not count', () => {
  expect(at(members, 'spec', 'replicas')).toBe(3);
  expect(at(members, 'spec', 'topologySpreadConstraints')).toEqual([
    {
      maxSkew: 1,
      minDomains: 3,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'DoNotSchedule',
      nodeTaintsPolicy: 'Honor',
      labelSelector: { matchLabels: { 'etcd-operator.cozystack.io/cluster': members.metadata.name } },
    },
  ]);
});

test('members stand in the named zones only', () => {
  const affinity = at(members, 'spec', 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
  expect(affinity).toEqual({
    nodeSelectorTerms: [
      {
        matchExpressions: [
          { key: 'topology.kubernetes.io/zone', operator: 'In', values: ['geneva', 'lucerne', 'gland'] },
        ],
      },
    ],
  });
});

test('etcd stops taking writes before its volume is full', () => {
  const gibibyte = 2 ** 30;
  const quota = Number(at(members, 'spec', 'options', 'quotaBackendBytes'));
  const log = 5 * 64 * 2 ** 20;
  expect(2 * quota + log).toBeLessThan(4 * gibibyte);
  expect(quota).toBeGreaterThan(1.7 * gibibyte);
});

test('an etcd that stands keeps its quota: a smaller one could lie below what it holds', () => {
  const older = { ...members, spec: { ...objectAt(members, 'spec'), options: { quotaBackendBytes: 4080218931 } } };
  const again = pick(renderEtcd(shop, etcd, new Map([['etcd', older]])), 'etcd');
  expect(at(again, 'spec', 'options', 'quotaBackendBytes')).toBe(4080218931);
});

test('the certificate of the members covers every name they are reached by', () => {
  const name = members.metadata.name;
  const server = pick(rendered, 'server-certificate');
  expect(listAt(server, 'spec', 'dnsNames')).toEqual([
    `${name}.acme.svc`,
    `*.${name}.acme.svc`,
    `${name}.acme.svc.cluster.local`,
    `*.${name}.acme.svc.cluster.local`,
    `${name}-client.acme.svc`,
    `${name}-client.acme.svc.cluster.local`,
    'localhost',
  ]);
  expect(listAt(server, 'spec', 'ipAddresses')).toContain('127.0.0.1');
});

test('members are servers and clients to each other, and their server certificate is a client certificate too', () => {
  for (const part of ['server-certificate', 'peer-certificate']) {
    expect(listAt(pick(rendered, part), 'spec', 'usages')).toEqual(
      expect.arrayContaining(['server auth', 'client auth', 'digital signature', 'key encipherment']),
    );
  }
  expect(listAt(pick(rendered, 'client-certificate'), 'spec', 'usages')).not.toContain('server auth');
});

test('the client is the superuser root', () => {
  expect(at(pick(rendered, 'client-certificate'), 'spec', 'commonName')).toBe('root');
});

test('the CA of the clients has an RSA key in PKCS#1, the only form Kamaji reads, and both CAs keep their keys', () => {
  expect(at(pick(rendered, 'ca'), 'spec', 'privateKey')).toMatchObject({ algorithm: 'RSA', encoding: 'PKCS1' });
  for (const part of ['ca', 'peer-ca']) {
    expect(at(pick(rendered, part), 'spec', 'isCA')).toBe(true);
    expect(at(pick(rendered, part), 'spec', 'privateKey', 'rotationPolicy')).toBe('Never');
  }
});

test('peers trust another CA than clients do', () => {
  const issuerOf = (part: string) => stringAt(pick(rendered, part), 'spec', 'issuerRef', 'name');
  expect(issuerOf('server-certificate')).toBe(issuerOf('client-certificate'));
  expect(issuerOf('peer-certificate')).not.toBe(issuerOf('server-certificate'));
});

test('every Secret that is referred to is made by a certificate, and goes with the cluster', () => {
  const made = [...rendered.values()].flatMap(object => stringAt(object, 'spec', 'secretName') ?? []);
  const owned = [...rendered.values()].flatMap(object => (object.kind === 'Secret' ? object.metadata.name : []));
  const tls = at(members, 'spec', 'tls');
  const used = [
    stringAt(tls, 'client', 'serverSecretRef', 'name'),
    stringAt(tls, 'client', 'operatorClientSecretRef', 'name'),
    stringAt(tls, 'peer', 'secretRef', 'name'),
    ...[...rendered.values()].flatMap(object => stringAt(object, 'spec', 'ca', 'secretName') ?? []),
    ...['certificateAuthority', 'clientCertificate'].map(part =>
      stringAt(
        renderDataStore(shop, 'acme-shop-datastore'),
        'spec',
        'tlsConfig',
        part,
        'privateKey',
        'secretReference',
        'name',
      ),
    ),
  ];
  for (const secret of used) expect(made).toContain(secret);
  expect(owned.sort()).toEqual(made.sort());
});

test('Kamaji connects to the Service over all members, a name their certificate covers', () => {
  const [endpoint] = listAt(renderDataStore(shop, 'acme-shop-datastore'), 'spec', 'endpoints');
  const host = String(endpoint).replace(/:2379$/, '');
  expect(listAt(pick(rendered, 'server-certificate'), 'spec', 'dnsNames')).toContain(host);
});

test('a DataStore has the name it is given, because a cluster keeps the one it has', () => {
  expect(renderDataStore(shop, 'acme-shop-datastore-1a2b3c').metadata.name).toBe('acme-shop-datastore-1a2b3c');
});

test('names that others build on ours stay within 63 characters', () => {
  const longest = { namespace: 'n'.repeat(63), name: 'c'.repeat(42) };
  const cluster = pick(renderEtcd(longest, etcd), 'etcd').metadata.name;
  expect(`${cluster}-client`.length).toBeLessThanOrEqual(63);
  expect(`${cluster}-xxxxx`.length).toBeLessThanOrEqual(63);
});

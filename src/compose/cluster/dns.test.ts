import { expect, test } from 'vitest';
import { dnsRecords } from './dns.ts';

const endpoint = { host: 'api.example.com', ingressClass: 'nginx' };
const ingress = { hosts: ['www.example.com', 'shop.example.com'], ingressClass: 'nginx' };

test('every public name has a record: the API and each host of the ingress controller', () => {
  const records = dnsRecords({ endpoint, ingress }, { address: '192.0.2.1', ingressAddress: '192.0.2.2' });
  expect(records).toEqual([
    { name: 'api.example.com', type: 'A', target: '192.0.2.1' },
    { name: 'www.example.com', type: 'A', target: '192.0.2.2' },
    { name: 'shop.example.com', type: 'A', target: '192.0.2.2' },
  ]);
});

test('hosts have their target even where the API has no public name', () => {
  expect(dnsRecords({ ingress }, { ingressAddress: '192.0.2.2' }).map(record => record.target)).toEqual([
    '192.0.2.2',
    '192.0.2.2',
  ]);
});

test('the type of a record goes with its target', () => {
  const typeFor = (address: string) => dnsRecords({ endpoint }, { address })[0]?.type;
  expect(typeFor('192.0.2.1')).toBe('A');
  expect(typeFor('2001:db8::1')).toBe('AAAA');
  expect(typeFor('lb.example.net')).toBe('CNAME');
});

test('a record is listed before its target is known, and none without public names', () => {
  expect(dnsRecords({ endpoint }, undefined)).toEqual([{ name: 'api.example.com', type: 'A' }]);
  expect(dnsRecords({}, {})).toEqual([]);
  expect(dnsRecords(undefined, undefined)).toEqual([]);
});

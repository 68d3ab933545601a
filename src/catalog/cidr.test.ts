import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overlap, parseAddress, parseCidr } from './cidr.ts';

const range = (text: string) => parseCidr(text) ?? expect.fail(`${text} is no range`);

describe('ranges of addresses', () => {
  test.each([
    ['10.243.0.0/16', 4, 16, '10.243.0.0', '10.243.255.255'],
    ['10.95.0.10/32', 4, 32, '10.95.0.10', '10.95.0.10'],
    ['0.0.0.0/0', 4, 0, '0.0.0.0', '255.255.255.255'],
    ['fd00:10:96::/112', 6, 112, 'fd00:10:96::', 'fd00:10:96::ffff'],
    ['::/0', 6, 0, '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ])('%s is read', (text, family, prefix, first, last) => {
    const [from, to] = [parseAddress(first)?.value, parseAddress(last)?.value];
    expect(parseCidr(text)).toEqual({ family, prefix, first: from, last: to });
  });

  test.each([
    '10.243.0.0',
    '10.243.0.0/33',
    '10.243.0.0/016',
    '10.243.0.1/16',
    '10.243.0/16',
    '10.243.0.256/32',
    '010.0.0.0/8',
    'fd00::1/64',
    'fd00::/129',
    'fd00:::/64',
    'fd00::1::/64',
    'g::/16',
    '1:2:3:4:5:6:7:8::/128',
    '/16',
    '',
  ])('%j is refused', text => {
    expect(parseCidr(text)).toBeUndefined();
  });

  test.each([
    ['10.0.0.0/8', '10.243.0.0/16', true],
    ['10.243.0.0/16', '10.244.0.0/16', false],
    ['10.243.0.0/16', '10.243.255.255/32', true],
    ['::/0', '10.0.0.0/8', false],
    ['fd00::/8', 'fd12:3456::/32', true],
  ])('%s and %s overlap: %s', (a, b, expected) => {
    expect(overlap(range(a), range(b))).toBe(expected);
    expect(overlap(range(b), range(a))).toBe(expected);
  });

  test('law: every IPv4 range holds its own addresses and no other', () => {
    const addresses = fc.ipV4();
    fc.assert(
      fc.property(addresses, fc.integer({ min: 0, max: 32 }), addresses, (own, prefix, other) => {
        const value = parseAddress(own)?.value ?? 0n;
        const size = 1n << BigInt(32 - prefix);
        const first = value - (value % size);
        const text = [24n, 16n, 8n, 0n].map(shift => (first >> shift) & 255n).join('.');
        const parsed = range(`${text}/${prefix}`);
        expect(overlap(parsed, range(`${own}/32`))).toBe(true);
        const elsewhere = parseAddress(other)?.value ?? 0n;
        expect(overlap(parsed, range(`${other}/32`))).toBe(elsewhere >= first && elsewhere < first + size);
      }),
    );
  });

  test('law: every IPv6 address is read, however it is written', () => {
    fc.assert(fc.property(fc.ipV6(), text => text.includes('.') || parseAddress(text)?.family === 6));
  });
});

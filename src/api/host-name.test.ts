import { describe, expect, test } from 'vitest';
import { isHostName, isWithin, normalHost, publicSuffixOf } from './host-name.ts';

describe('host names', () => {
  test.each(['example', 'api.example.com', '1.example.com', 'xn--bcher-kva.example.com', 'a--b.example.com'])(
    '%s is one',
    host => {
      expect(isHostName(host)).toBe(true);
    },
  );

  test.each([
    ['nothing', ''],
    ['a wildcard', '*.example.com'],
    ['capitals', 'API.example.com'],
    ['a dot at the end', 'example.com.'],
    ['two dots', 'a..example.com'],
    ['a port', 'example.com:443'],
    ['a path', 'example.com/x'],
    ['an underscore', 'a_b.example.com'],
    ['a hyphen at the end', 'a-.example.com'],
    ['a label of 64', `${'a'.repeat(64)}.example.com`],
    ['254 characters', `${'a.'.repeat(125)}abcd`],
    ['an IPv4 address', '192.0.2.1'],
    ['half an IPv4 address', '10.1'],
    ['a number', '3232235521'],
    ['a hexadecimal address', '0x7f.0x0.0x0.0x1'],
    ['an octal address', '0300.0250.0.1'],
    ['an IPv6 address', '::1'],
    ['an IPv6 address in brackets', '[2001:db8::1]'],
    ['letters that only look alike', 'аpi.example.com'],
  ])('%s is none', (_, host) => {
    expect(isHostName(host)).toBe(false);
  });

  test('are compared in lower case without dots at the ends', () => {
    expect(normalHost('.K8s.Example.COM.')).toBe('k8s.example.com');
  });

  test('lie within a domain by whole labels', () => {
    expect(isWithin('example.com', 'example.com')).toBe(true);
    expect(isWithin('a.b.example.com', 'example.com')).toBe(true);
    expect(isWithin('notexample.com', 'example.com')).toBe(false);
  });

  test.each([
    ['com', 'com', 'icann'],
    ['api.example.co.uk', 'co.uk', 'icann'],
    ['shop.github.io', 'github.io', 'private'],
    ['anything.ck', 'anything.ck', 'icann'],
    ['kubernetes.default', 'default', 'unlisted'],
    ['localhost', 'localhost', 'unlisted'],
  ])('%s has the public suffix %s (%s)', (host, suffix, section) => {
    expect(publicSuffixOf(host)).toEqual({ suffix, section });
  });
});

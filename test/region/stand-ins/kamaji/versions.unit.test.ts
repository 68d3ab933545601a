import { expect, test } from 'vitest';
import { emulatedVersion, standInNote, versionProblem } from './versions.ts';

test('the first version may be any up to the newest that Kamaji knows', () => {
  expect(versionProblem('v1.30.14')).toBeUndefined();
  expect(versionProblem('v1.36.0')).toBeUndefined();
  expect(versionProblem('v1.37.0')).toMatch(/greater than the supported one, actually v1\.36$/);
  expect(versionProblem('v1.37.0', 'v1.36.1')).toMatch(/greater than the supported one \(v1\.36\)$/);
  expect(versionProblem('latest')).toContain('unable to parse');
});

test('an upgrade goes by one minor, or by patches', () => {
  expect(versionProblem('v1.34.0', 'v1.33.4')).toBeUndefined();
  expect(versionProblem('v1.33.5', 'v1.33.4')).toBeUndefined();
  expect(versionProblem('v1.33.4', 'v1.33.4')).toBeUndefined();
  expect(versionProblem('v1.35.0', 'v1.33.4')).toBe('unable to upgrade to a minor version in a non-sequential mode');
});

test('patches are zero before anything is compared: a minor cannot go back, a patch can (tcp_version.go:32,72,79)', () => {
  expect(versionProblem('v1.32.9', 'v1.33.4')).toBe('unable to downgrade a TenantControlPlane from 1.33.0 to 1.32.0');
  expect(versionProblem('v1.33.3', 'v1.33.4')).toBeUndefined();
});

test('minors the API server can emulate are emulated, older ones are stood in for and said to be', () => {
  expect(emulatedVersion('v1.34.2')).toEqual({ minor: '1.34', stoodIn: false });
  expect(emulatedVersion('v1.36.0')).toEqual({ minor: '1.36', stoodIn: false });
  expect(emulatedVersion('v1.30.14')).toEqual({ minor: '1.33', stoodIn: true });
});

test('whoever reads the output is told of a stood-in version, and of no other', () => {
  expect(standInNote('v1.32.13')).toMatch(/^Kubernetes v1\.32\.13 is stood in for by 1\.33, /);
  expect(standInNote('v1.33.13')).toBeUndefined();
});

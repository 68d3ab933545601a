import { expect, test } from 'vitest';
import { localEntryPoint } from './traefik.ts';

const ports = new Map([
  [8000, 40001],
  [8443, 40002],
]);

test('an entry point listens on a free port of this machine in place of its own', () => {
  expect(localEntryPoint('--entryPoints.web.address=:8000/tcp', ports)).toBe(
    '--entryPoints.web.address=127.0.0.1:40001/tcp',
  );
  expect(localEntryPoint('--entrypoints.websecure.address=:8443', ports)).toBe(
    '--entrypoints.websecure.address=127.0.0.1:40002',
  );
});

test.each(['--entryPoints.websecure.http.tls=true', '--entryPoints.other.address=:9999/tcp', '--ping=true'])(
  '%s stays as it is',
  arg => {
    expect(localEntryPoint(arg, ports)).toBe(arg);
  },
);

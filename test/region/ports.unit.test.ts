import { expect, test } from 'vitest';
import { freePorts } from './ports.ts';

test('no port is handed out twice, even to those who ask at the same time', async () => {
  const ports = (await Promise.all([freePorts(20), freePorts(20), freePorts(20)])).flat();
  expect(ports).toHaveLength(60);
  expect(new Set(ports).size).toBe(60);
});

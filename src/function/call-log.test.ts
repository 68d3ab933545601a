import { type Logger, pino } from 'pino';
import { expect, test } from 'vitest';
import { ComposeFault } from '../compose/types.ts';
import { logCall } from './call-log.ts';
import type { Call } from './function.ts';

const CALL: Call = {
  apiVersion: 'hikube.cloud/v1alpha1',
  kind: 'HikubeAddons',
  name: 'shop-addons',
  namespace: 'acme',
  tag: 'tag-1',
  result: 'ok',
  seconds: 0.001,
  requestBytes: 1,
  responseBytes: 1,
  composed: 7,
};

/** Lines that are written at the level of a program in use. */
function lines(call: Partial<Call>): unknown[] {
  const written: string[] = [];
  const log: Logger = pino(
    { level: 'info', formatters: { level: label => ({ level: label }) } },
    {
      write: (line: string) => written.push(line),
    },
  );
  logCall(log, { ...CALL, ...call });
  return written.map(line => JSON.parse(line));
}

test('a call in which something leaves has a line, with what and why; one in which nothing does has none', () => {
  expect(lines({})).toEqual([]);
  const leaving = { velero: 'the cluster is to have the release velero no more' };
  expect(lines({ leaving })).toEqual([expect.objectContaining({ level: 'info', name: 'shop-addons', leaving })]);
});

test('a deletion that was stopped is logged as a fault of ours', () => {
  const error = new ComposeFault('WouldDelete', 'cannot compose: it would delete');
  expect(lines({ result: 'error', error })).toEqual([
    expect.objectContaining({ level: 'error', msg: 'cannot compose' }),
  ]);
});

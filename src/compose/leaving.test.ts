import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../base/object.ts';
import { hikubeCatalog } from '../catalog/index.ts';
import { leavingByName } from './leaving.ts';
import type { ComposeInput, ComposeOutput } from './types.ts';

const LABELS = { 'hikube.cloud/cluster': 'shop' };
const object = (metadata: Partial<KubeObject['metadata']> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'shop-secret', labels: LABELS, ...metadata },
});

function input(observed: KubeObject): ComposeInput {
  const composite = {
    apiVersion: 'hikube.cloud/v1alpha1',
    kind: 'HikubeEtcd',
    metadata: { name: 'shop-etcd', namespace: 'acme' },
  };
  return {
    composite,
    observed: new Map([['ca-secret', observed]]),
    required: new Map(),
    catalog: hikubeCatalog,
    now: new Date(0),
  };
}

function answer(fields: Partial<ComposeOutput>, observed: KubeObject): ComposeOutput {
  const nothing = { status: {}, conditions: [], notices: [], requirements: new Map() };
  return leavingByName(() => ({ desired: new Map(), leaving: new Map(), ...nothing, ...fields }))(input(observed));
}

const wanted = new Map([['ca-secret', { object: object(), ready: true }]]);
const named = new Map([['ca-secret', 'it is needed no more']]);

describe('an object of ours', () => {
  test('that is left out without a reason stops the round, and the message says what and what to do', () => {
    expect(() => answer({}, object())).toThrow(
      'cannot compose HikubeEtcd shop-etcd: it would delete Secret shop-secret (ca-secret) without a reason; nothing is ' +
        'changed. This is a fault of the function: report it, and go back to the function image that ran before ' +
        '(docs/errors.md)',
    );
    expect(() => answer({}, object())).toThrow(expect.objectContaining({ reason: 'WouldDelete' }));
  });

  test('of the platform is one too, and so is one of a kind the function knows no more', () => {
    const labels = { 'hikube.cloud/part-of': 'platform' };
    expect(() => answer({}, object({ labels }))).toThrow('would delete');
    expect(() => answer({}, { ...object(), apiVersion: 'gone.example.com/v1', kind: 'Forgotten' })).toThrow(
      'would delete Forgotten shop-secret',
    );
  });

  test('goes when it is named, and stays when it is wanted', () => {
    expect(answer({ leaving: named }, object()).desired.size).toBe(0);
    expect(answer({ desired: wanted }, object()).desired.size).toBe(1);
  });

  test('that is to stay and to leave stops the round', () => {
    const both = () => answer({ desired: wanted, leaving: named }, object());
    expect(both).toThrow('Secret shop-secret (ca-secret) is to stay and to leave (it is needed no more)');
    expect(both).toThrow(expect.objectContaining({ reason: 'LeavingUnclear' }));
  });

  test('that is being deleted already needs no reason', () => {
    expect(answer({}, object({ deletionTimestamp: '2026-11-25T00:00:00Z' })).desired.size).toBe(0);
  });
});

test.each([
  ['without labels', {}],
  ['with labels of its own', { app: 'theirs', 'example.com/cluster': 'shop' }],
])('what another function of the pipeline composed is none of our business: an object %s', (_, labels) => {
  expect(answer({}, object({ labels })).desired.size).toBe(0);
});

import { RunFunctionRequest, RunFunctionResponse, Severity } from '@crossplane-org/function-sdk-typescript';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../base/json.ts';
import { composers } from '../compose/index.ts';
import { type Call, createFunction } from './function.ts';
import { MalformedRequest } from './protocol/codec.ts';
import { parts } from './testing/parts.ts';
import { composite, fatalOf, nested, type RequestParts, requestOf } from './testing/requests.ts';

const CLAIM = { claimRef: { namespace: 'acme', name: 'shop' } };
const encode = (resource: JsonObject | undefined, more: RequestParts = {}) =>
  Buffer.from(RunFunctionRequest.encode(requestOf(resource, more)).finish());

/** Calls the function with the real composers; the response, or the error that stands for none, and what was told. */
function run(bytes: Uint8Array) {
  const calls: Call[] = [];
  const answer = createFunction({ ...parts, composers, onCall: call => calls.push(call) });
  try {
    return { response: RunFunctionResponse.decode(answer(bytes)), error: undefined, calls };
  } catch (error) {
    return { response: undefined, error, calls };
  }
}

describe('whatever comes', () => {
  const deep = encode(composite(CLAIM), {
    observed: { web: { apiVersion: 'v1', kind: 'X', metadata: { name: 'x' }, deep: nested(90) } },
  });
  /** desired (field 3) of three bytes that are no message. */
  const brokenDesired = Buffer.from([0x1a, 3, 0xff, 0xff, 0xff]);
  /** meta (field 1), likewise. */
  const brokenMeta = Buffer.from([0x0a, 3, 0xff, 0xff, 0xff]);

  test('a request that is too deep and has a broken desired is refused, logged and counted', () => {
    const { response, calls } = run(Buffer.concat([deep, brokenDesired]));
    expect(response && fatalOf(response).reason).toBe('TooDeep');
    expect(calls).toEqual([expect.objectContaining({ result: 'fatal', tag: 'tag-1' })]);
  });

  test('a request that is too deep and has a broken meta is malformed, not a fault of ours', () => {
    const { error, calls } = run(Buffer.concat([deep, brokenMeta]));
    expect(error).toBeInstanceOf(MalformedRequest);
    expect(calls).toEqual([expect.objectContaining({ result: 'malformed' })]);
  });

  test('what an earlier step wrote and reaches beyond itself is malformed: copied into the answer, it would break that', () => {
    const reaching = Buffer.from([0x1a, 4, 0x12, 2, 0x0a, 5]);
    const unknownField = Buffer.from([0x7a, 3, 0x78, 0x78, 0x78]);
    const { error, calls } = run(Buffer.concat([encode(composite(CLAIM)), reaching, unknownField]));
    expect(error).toBeInstanceOf(MalformedRequest);
    expect(calls).toEqual([expect.objectContaining({ result: 'malformed' })]);
  });

  test('what an earlier step wrote and ends before it says is malformed, too', () => {
    const desired = { resources: { theirs: { resource: { a: 1 } } } };
    const bytes = encode(composite(CLAIM), { desired, context: { a: [1] } });
    // The value says it is longer than all that comes, and what comes first has no number: the codec ends it there.
    const value = bytes.indexOf(Buffer.from([97, 18, 9, 17, 0]));
    bytes[value + 2] = 128;
    const { error, calls } = run(bytes);
    expect(error).toBeInstanceOf(MalformedRequest);
    expect(calls).toEqual([expect.objectContaining({ result: 'malformed' })]);
  });

  test('every call is told once, and ends in an answer or as malformed', () => {
    const good = encode(composite({ ...CLAIM, nodeGroups: { web: { instanceType: 's1.large' } } }), {
      observed: { web: { apiVersion: 'v1', kind: 'X', metadata: { name: 'x' } } },
      desired: { resources: { theirs: { resource: { a: 1 } } } },
      context: { a: [1] },
    });
    const edit = fc.record({ at: fc.nat(), byte: fc.nat({ max: 255 }) });
    const hurt = (bytes: Buffer, edits: { at: number; byte: number }[], cut: number) => {
      const copy = Buffer.from(bytes);
      for (const { at, byte } of edits) copy[at % copy.length] = byte;
      return copy.subarray(0, copy.length - (cut % 20));
    };
    fc.assert(
      fc.property(fc.constantFrom(good, deep), fc.array(edit, { maxLength: 4 }), fc.nat(), (bytes, edits, cut) => {
        const { error, calls } = run(hurt(bytes, edits, cut));
        expect(calls).toHaveLength(1);
        expect(error === undefined || error instanceof MalformedRequest).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('objects that were asked for by labels, of which a tenant may make any number', () => {
  const pod = (index: number, more: JsonObject = {}): JsonObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${index}`, namespace: 'acme' },
    ...more,
  });
  const pods = (count: number, more?: JsonObject) => Array.from({ length: count }, (_, index) => pod(index, more));
  const asked = (...lists: JsonObject[][]) =>
    encode(composite(CLAIM), { required: Object.fromEntries(lists.map((list, index) => [`pods-${index}`, list])) });
  const asking = (...lists: JsonObject[][]) => run(asked(...lists));
  const large = { spec: { text: 'x'.repeat(100_000) } };

  test('are read as long as they are as many as a cluster can have', () => {
    expect(asking(pods(256), pods(256)).response?.results).toEqual([]);
  });

  test.each([
    ['many', [pods(257), pods(1)], 'pods-0 '],
    ['large', [pods(11, large)], 'pods-0 '],
    ['large together', [pods(6, large), pods(6, large)], 'pods-0, pods-1 '],
  ])('are left out undecoded and told of when they are %s, and the rest of the round goes on', (_, lists, names) => {
    const { response, calls } = asking(...lists);
    expect(response?.results).toEqual([
      expect.objectContaining({
        severity: Severity.SEVERITY_WARNING,
        reason: 'TooMuchFound',
        message: expect.stringContaining(`what was found for ${names}is not read`),
      }),
    ]);
    expect(response?.desired?.resources).toHaveProperty('etcd');
    expect(calls).toEqual([expect.objectContaining({ result: 'ok', tag: 'tag-1' })]);
  });

  test('are not followed for what decoding loses or cannot take, either', () => {
    const spec = { ...marker(), deep: nested(40) };
    expect(run(renamed(asked(pods(257, { spec })))).calls).toEqual([expect.objectContaining({ result: 'ok' })]);
  });
});

describe('a field named __proto__, which decoding would lose', () => {
  const evil = (): JsonObject => JSON.parse('{"a": [{"__proto__": {"polluted": true}}]}');

  test.each<[string, () => JsonObject, string]>([
    [
      'in an override',
      () => ({ addons: { cilium: { valuesOverride: evil() } } }),
      'spec.addons.cilium.valuesOverride.a[0].__proto__',
    ],
    ['in the spec itself', () => JSON.parse('{"__proto__": 1}'), 'spec.__proto__'],
    [
      'as a node group',
      () => ({ nodeGroups: JSON.parse('{"__proto__": {"instanceType": "s1.large"}}') }),
      'spec.nodeGroups.__proto__',
    ],
  ])('is a problem of the claim with its path: %s', (_, spec, path) => {
    const { response } = run(withOwnKeys(composite({ ...CLAIM }), spec()));
    expect(response?.results).toEqual([]);
    expect(response?.desired?.composite?.resource?.status).toMatchObject({
      problems: [{ code: 'InvalidField', path }],
    });
  });

  test.each<[string, RequestParts, string]>([
    [
      'in what is observed',
      { observed: { web: { apiVersion: 'v1', kind: 'X', metadata: { name: 'x' }, data: marker() } } },
      'observed.resources["web"].resource.data.__proto__',
    ],
    ['in the input', { input: { charts: marker() } }, 'input.charts.__proto__'],
    [
      'in a required object',
      { required: { host: [{ apiVersion: 'v1', kind: 'X', metadata: { name: 'x' }, spec: marker() }] } },
      'required_resources["host"][0].resource.spec.__proto__',
    ],
    [
      'in the composite of earlier steps',
      { desired: { composite: { resource: { status: marker() } } } },
      'desired.composite.resource.status.__proto__',
    ],
  ])('ends the round elsewhere: %s', (_, more, path) => {
    const { response } = run(renamed(encode(composite(CLAIM), more)));
    expect(response && fatalOf(response)).toEqual({ reason: 'InvalidRequest', message: expect.stringContaining(path) });
  });

  test('passes through in what earlier steps desired, which is copied and not read', () => {
    const { response, calls } = run(
      renamed(encode(composite(CLAIM), { desired: { resources: { theirs: { resource: marker() } } } })),
    );
    expect(response?.results).toEqual([]);
    expect(calls[0]?.result).toBe('ok');
  });

  test('is no field when it is only a text', () => {
    const { response } = run(
      encode(composite({ ...CLAIM, addons: { cilium: { valuesOverride: { a: '__proto__' } } } })),
    );
    expect(response?.desired?.composite?.resource?.status).toMatchObject({ problems: [] });
  });
});

/** The encoder would lose the name as the decoder does, so tests write another of the same length and rename it in the bytes. */
const STAND_IN = '__PROTO__';

function marker(): JsonObject {
  return { [STAND_IN]: { polluted: true } };
}

function renamed(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(STAND_IN, '__proto__'), 'latin1');
}

function withOwnKeys(resource: JsonObject, spec: JsonObject): Buffer {
  const text = JSON.stringify({ ...resource, spec: { ...spec, ...CLAIM } }).replaceAll('__proto__', STAND_IN);
  return renamed(encode(JSON.parse(text)));
}

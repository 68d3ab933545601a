import {
  Ready,
  RunFunctionRequest,
  type RunFunctionResponse,
  Status,
  Target,
} from '@crossplane-org/function-sdk-typescript';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../base/json.ts';
import { ComposeFault } from '../compose/types.ts';
import { type Call, createFunction } from './function.ts';
import { nothing, parts, partsWith } from './testing/parts.ts';
import { call, composite, fatalOf, type RequestParts, requestOf } from './testing/requests.ts';

describe('what earlier steps wrote', () => {
  const key = fc.string({ minLength: 1, maxLength: 12 }).filter(text => text.isWellFormed() && text !== '__proto__');
  const json = fc.dictionary(key, fc.jsonValue({ maxDepth: 4, noUnicodeString: false }), { maxKeys: 4 });
  const bytes = fc.uint8Array({ maxLength: 8 }).map(array => Buffer.from(array));
  const resource = fc.record({
    resource: json,
    connectionDetails: fc.dictionary(key, bytes, { maxKeys: 2 }),
    ready: fc.constantFrom(Ready.READY_UNSPECIFIED, Ready.READY_TRUE, Ready.READY_FALSE),
  });
  const earlier = fc.record({
    resources: fc.dictionary(
      key.filter(name => name !== 'echo'),
      resource,
      { maxKeys: 4 },
    ),
    context: fc.option(json, { nil: undefined }),
  });

  test('passes through untouched, whatever it is', () => {
    fc.assert(
      fc.property(earlier, fc.boolean(), ({ resources, context }, refuse) => {
        const request = requestOf(composite({ answer: { refuse } }), { desired: { resources }, context });
        const received = RunFunctionRequest.decode(RunFunctionRequest.encode(request).finish());
        const response = call(parts, request);
        const { echo, ...rest } = response.desired?.resources ?? {};
        expect(echo === undefined).toBe(refuse);
        expect(rest).toEqual(received.desired?.resources);
        expect(response.context).toEqual(received.context);
      }),
    );
  });

  test('keeps fields of a protocol newer than this release', () => {
    const bytes = Buffer.concat([
      RunFunctionRequest.encode(requestOf(composite())).finish(),
      // desired (field 3) { resources (2) { key: "x", value (2) { unknown field 100: 7 } } }
      Buffer.from([0x1a, 10, 0x12, 8, 0x0a, 1, 0x78, 0x12, 3, 0xa0, 0x06, 7]),
    ]);
    const response = createFunction(parts)(bytes);
    expect(response.includes(Buffer.from([0x12, 8, 0x0a, 1, 0x78, 0x12, 3, 0xa0, 0x06, 7]))).toBe(true);
  });

  test('keeps the composite of earlier steps when this one says nothing about it', () => {
    const earlier = { resource: { status: { theirs: [{ a: 1 }], observed: 'x' } }, ready: Ready.READY_TRUE };
    const response = call(parts, requestOf(composite(), { desired: { composite: earlier } }));
    expect(response.desired?.composite).toEqual({
      resource: {
        apiVersion: 'hikube.cloud/v1alpha1',
        kind: 'XHikubeCluster',
        status: { theirs: [{ a: 1 }], observed: 0 },
      },
      connectionDetails: {},
      ready: Ready.READY_TRUE,
    });
  });

  test('is replaced, not merged, under a name of ours, so that a second run gives the same', () => {
    const first = call(parts, requestOf(composite()));
    const second = call(parts, requestOf(composite(), { desired: withoutAbsent(first) }));
    expect(second).toEqual(first);
  });
});

describe('the answer', () => {
  test('echoes the tag', () => {
    expect(call(parts, requestOf(composite(), { tag: 'abc' })).meta).toEqual({ tag: 'abc', ttl: undefined });
  });

  test('sets a TTL only when something must happen at a time', () => {
    const ttl = (recheckAfterSeconds: number) =>
      call(
        partsWith(() => ({ ...nothing(), recheckAfterSeconds })),
        requestOf(composite()),
      ).meta?.ttl;
    expect(ttl(90.2)).toEqual({ seconds: 91, nanos: 0 });
    expect(ttl(0)).toEqual({ seconds: 1, nanos: 0 });
  });

  test('carries readiness, conditions, notices and requirements to the composite and its claim', () => {
    const response = call(
      partsWith(() => ({
        ...nothing(),
        ready: false,
        conditions: [{ type: 'EtcdReady', status: 'False', reason: 'Waiting', message: 'waiting for 3 members' }],
        notices: [{ severity: 'warning', reason: 'OneReplica', message: 'one replica has no spare' }],
        requirements: new Map([
          ['kubeconfig', { apiVersion: 'v1', kind: 'Secret', name: 'demo', namespace: 'acme' }],
          ['pods', { apiVersion: 'v1', kind: 'Pod', matchLabels: { app: 'demo' }, namespace: 'acme' }],
        ]),
      })),
      requestOf(composite()),
    );
    expect(response.desired?.composite?.ready).toBe(Ready.READY_FALSE);
    expect(response.conditions).toEqual([
      {
        type: 'EtcdReady',
        status: Status.STATUS_CONDITION_FALSE,
        reason: 'Waiting',
        message: 'waiting for 3 members',
        target: Target.TARGET_COMPOSITE_AND_CLAIM,
      },
    ]);
    expect(response.results.map(({ message }) => message)).toEqual(['one replica has no spare']);
    expect(response.requirements?.resources.pods).toMatchObject({
      matchLabels: { labels: { app: 'demo' } },
      namespace: 'acme',
    });
    expect(response.requirements?.resources.kubeconfig).toMatchObject({
      kind: 'Secret',
      matchName: 'demo',
      namespace: 'acme',
    });
  });

  test('is the same for the same input', () => {
    const bytes = RunFunctionRequest.encode(requestOf(composite())).finish();
    const run = createFunction(parts);
    expect(run(bytes).equals(run(bytes))).toBe(true);
  });
});

describe('the composer is given', () => {
  test('the composite, the observed and the required objects as they are', () => {
    const web = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, status: { loadBalancer: {} } };
    const spec = { claimRef: { name: 'demo' }, list: [1, null, 'x', true, { a: 1.5 }] };
    let given: unknown;
    call(
      partsWith(({ composite, observed, required }) => {
        given = { composite, observed: [...observed], required: [...required] };
        return nothing();
      }),
      requestOf(composite(spec), { observed: { web }, required: { found: [web], none: [] } }),
    );
    expect(given).toEqual({
      composite: composite(spec),
      observed: [['web', web]],
      required: [
        ['found', [web]],
        ['none', []],
      ],
    });
  });

  test('the catalogue of the step input, parsed once for the same bytes', () => {
    let parsed = 0;
    const counting = {
      ...parts,
      parseCatalog(input: unknown) {
        parsed += 1;
        return parts.parseCatalog(input);
      },
    };
    const run = createFunction(counting);
    const bytes = RunFunctionRequest.encode(requestOf(composite())).finish();
    run(bytes);
    run(bytes);
    expect(parsed).toBe(1);
  });
});

describe('a FATAL result', () => {
  test('tells what a composer refuses, with its reason', () => {
    const response = call(parts, requestOf(composite({ answer: { refuse: true } })));
    expect(fatalOf(response)).toEqual({ reason: 'Refused', message: 'cannot compose: the test asked for it' });
    expect(response.meta?.tag).toBe('tag-1');
  });

  test('hides a fault of ours from the tenant and leaves it to the log', () => {
    const calls: Call[] = [];
    const response = call(
      { ...parts, onCall: one => calls.push(one) },
      requestOf(composite({ answer: { fail: true } })),
    );
    expect(fatalOf(response).reason).toBe('InternalError');
    expect(fatalOf(response).message).not.toContain('secret');
    expect(calls[0]).toMatchObject({ result: 'error', kind: 'XHikubeCluster', name: 'demo-x1', tag: 'tag-1' });
    expect(calls[0]?.error).toBeInstanceOf(TypeError);
  });

  test('tells a fault that was found before it did harm, and counts it as one of ours', () => {
    const calls: Call[] = [];
    const compose = () => {
      throw new ComposeFault('WouldDelete', 'cannot compose: it would delete');
    };
    const response = call({ ...partsWith(compose), onCall: one => calls.push(one) }, requestOf(composite()));
    expect(fatalOf(response)).toEqual({ reason: 'WouldDelete', message: 'cannot compose: it would delete' });
    expect(calls[0]?.result).toBe('error');
  });

  test('names the kinds there are for a kind there is not', () => {
    const request = requestOf(composite({}, { apiVersion: 'example.org/v1', kind: 'XHikubeCluster' }));
    expect(fatalOf(call(parts, request))).toEqual({
      reason: 'UnknownKind',
      message:
        'cannot compose XHikubeCluster of example.org/v1: ' +
        'this function composes XHikubeCluster, HikubeEtcd of hikube.cloud/v1alpha1',
    });
  });

  test('names path and reason of a wrong catalogue', () => {
    const input = { apiVersion: 'fn.hikube.cloud/v1alpha1', kind: 'Catalog', instanceTypes: { big: { cpu: 0 } } };
    const { reason, message } = fatalOf(call(parts, requestOf(composite(), { input })));
    expect(reason).toBe('InvalidCatalog');
    expect(message).toContain('instanceTypes.big.cpu');
  });

  test('asks for a composite where there is none, and for whole objects', () => {
    expect(fatalOf(call(parts, requestOf(undefined))).message).toBe(
      'cannot read the observed composite: the request has none',
    );
    const half = requestOf(composite(), { observed: { web: { kind: 'Service' } } });
    expect(fatalOf(call(parts, half)).message).toContain('the observed resource web');
  });

  test('comes for a condition that belongs to Crossplane', () => {
    const reserved = partsWith(() => ({
      ...nothing(),
      conditions: [{ type: 'Ready', status: 'True', reason: 'Available' }],
    }));
    expect(fatalOf(call(reserved, requestOf(composite()))).reason).toBe('InternalError');
  });

  test('comes for an answer larger than Crossplane takes', () => {
    const large = partsWith(() => ({ ...nothing(), status: { text: 'x'.repeat(5 * 1024 * 1024) } }));
    expect(fatalOf(call(large, requestOf(composite()))).reason).toBe('TooLarge');
  });
});

describe('a child composite', () => {
  const etcd = (ownerReferences: JsonObject[]): JsonObject =>
    composite({}, { kind: 'HikubeEtcd', metadata: { name: 'e', namespace: 'acme', ownerReferences } });
  const owner = { apiVersion: 'hikube.cloud/v1alpha1', kind: 'XHikubeCluster', name: 'demo', uid: '1' };

  test('is composed when a cluster controls it', () => {
    expect(call(parts, requestOf(etcd([{ ...owner, controller: true }]))).results).toEqual([]);
  });

  test('is refused when a tenant made it', () => {
    for (const owners of [[], [owner], [{ ...owner, controller: true, kind: 'HikubeNodePool' }]]) {
      expect(fatalOf(call(parts, requestOf(etcd(owners)))).reason).toBe('NotOwned');
    }
  });
});

test('bytes that are no request are not answered', () => {
  const calls: Call[] = [];
  const run = createFunction({ ...parts, onCall: one => calls.push(one) });
  expect(() => run(Buffer.from('not protobuf at all'))).toThrow('cannot decode the request');
  expect(calls[0]?.result).toBe('malformed');
});

/** What a response desires, as the next step of a pipeline would be given it. */
function withoutAbsent({ desired }: RunFunctionResponse): RequestParts['desired'] {
  return desired && { resources: desired.resources, ...(desired.composite && { composite: desired.composite }) };
}

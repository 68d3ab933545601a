import { RunFunctionRequest, RunFunctionResponse } from '@crossplane-org/function-sdk-typescript';
import { describe, expect, test } from 'vitest';
import { type Call, createFunction } from '../function.ts';
import { composeEcho, parts, partsWith } from '../testing/parts.ts';
import { call, composite, fatalOf, nested, type RequestParts, requestOf } from '../testing/requests.ts';

describe('nesting deeper than the codec takes', () => {
  const web = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } };
  const observing = (levels: number): RequestParts => ({ observed: { web: { ...web, deep: nested(levels - 1) } } });
  const callWith = (more: RequestParts) => call(parts, requestOf(composite(), more));

  test('is refused with the place and the tag, in what is observed and in the input', () => {
    const observed = callWith(observing(100));
    expect(fatalOf(observed).reason).toBe('TooDeep');
    expect(fatalOf(observed).message).toContain('observed.resources["web"].resource.deep.a.a.a');
    expect(observed.meta?.tag).toBe('tag-1');
    const input = callWith({ input: { charts: nested(100) } });
    expect(fatalOf(input).message).toContain('input.charts.a.a');
  });

  test('still passes through what earlier steps desired', () => {
    const response = callWith({ ...observing(100), desired: { resources: { web: { resource: web } } } });
    expect(response.desired?.resources.web?.resource).toEqual(web);
  });

  test('begins where the message says', () => {
    expect(callWith(observing(32)).results).toEqual([]);
    expect(fatalOf(callWith(observing(33))).reason).toBe('TooDeep');
  });

  test('of any depth does not exhaust the stack', () => {
    let struct: Buffer = Buffer.alloc(0);
    // Lists within lists, built from the inside: value { list (6) { value (1) … } }.
    for (let level = 0; level < 2_000; level++) struct = wrap(1, wrap(6, struct));
    const field = Buffer.concat([Buffer.from([0x0a, 1, 0x78]), wrap(2, wrap(6, struct))]);
    const request = Buffer.concat([
      RunFunctionRequest.encode(requestOf(composite())).finish(),
      wrap(4, wrap(1, field)),
    ]);
    const response = RunFunctionResponse.decode(createFunction(parts)(request));
    expect(fatalOf(response).message).toContain('input.x[0][0]');
  });

  test('is refused in what we would send, since it could not be read back', () => {
    const deep = (levels: number) =>
      partsWith(input => {
        const output = composeEcho(input);
        const echo = output.desired.get('echo');
        if (echo) echo.object.data = nested(levels - 1);
        return output;
      });
    expect(call(deep(32), requestOf(composite())).results).toEqual([]);
    const calls: Call[] = [];
    call({ ...deep(33), onCall: one => calls.push(one) }, requestOf(composite()));
    expect(String(calls[0]?.error)).toContain('cannot send the composed resource echo, data.a.a');
  });
});

/** A field of a protobuf message, by hand. */
function wrap(number: number, body: Buffer): Buffer {
  const length: number[] = [];
  let rest = body.length;
  while (rest > 127) {
    length.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length, rest]), body]);
}

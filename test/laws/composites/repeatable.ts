import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../../src/base/json.ts';
import { composers } from '../../../src/compose/index.ts';
import type { ComposeInput, ComposeOutput } from '../../../src/compose/types.ts';
import type { SimulatedComposite } from '../../../src/simulate/index.ts';
import type { CompositeLaw } from './types.ts';

/** Maps arrive over gRPC in any order; an answer that depended on it would change from call to call. */
export const repeatable: CompositeLaw = {
  fact: 'answers the same again, in whatever order its input arrives',
  violations: ({ kind, input, output }) => {
    const changes = changed(output, composers[kind](backwards(input)));
    return changes.map(part => `${part} changes`);
  },
  broken: withStatus,
};

function changed(one: ComposeOutput, other: ComposeOutput): string[] {
  const parts = ['desired', 'status', 'conditions', 'notices', 'requirements', 'ready', 'recheckAfterSeconds'] as const;
  return parts.filter(part => !isDeepStrictEqual(one[part], other[part]));
}

/** The same input with every map the other way round. */
function backwards({ composite, observed, required, ...rest }: ComposeInput): ComposeInput {
  return {
    ...rest,
    composite: reversed(composite),
    observed: new Map([...observed].map(([name, object]) => [name, reversed(object)] as const).reverse()),
    required: new Map([...required].map(([name, objects]) => [name, objects.map(reversed)] as const).reverse()),
  };
}

function reversed<Value>(value: Value): Value;
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(item => reversed(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, reversed(item)])
      .reverse(),
  );
}

function withStatus(composite: SimulatedComposite): SimulatedComposite {
  return { ...composite, output: { ...composite.output, status: { ...composite.output.status, extra: true } } };
}

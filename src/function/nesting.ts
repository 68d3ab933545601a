import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** How many messages may enclose one another before the SDK's codec gives up. */
export const MAX_MESSAGES = 100;
/** What that comes to in JSON: an object in an object costs three messages, a list in a list two. */
export const MAX_OBJECTS = 32;

/** Where a request is nested too deep. */
export interface DeepPlace {
  /** As in `observed.resources["web"].resource.spec.a.b …`, cut after some segments. */
  path: string;
}

/**
 * Finds the first place in the bytes of a RunFunctionRequest that the codec cannot decode for its depth. Keeps its
 * own stack, so that no depth can exhaust the one of the process.
 *
 * @returns undefined when nothing is too deep, or the bytes cannot be followed
 */
export function findTooDeep(bytes: Uint8Array): DeepPlace | undefined {
  const reader = new BinaryReader(bytes);
  const stack: Frame[] = [{ shape: SHAPES.request, end: reader.len, label: '', index: 0 }];
  try {
    for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
      if (reader.pos >= frame.end) stack.pop();
      else step(reader, frame, stack);
      if (stack.length > MAX_MESSAGES) return { path: pathOf(stack) };
    }
  } catch {
    return undefined;
  }
  return undefined;
}

/** A message being read: what its fields are, where it ends, and what to call it. */
interface Frame {
  shape: Shape;
  end: number;
  label: string;
  /** How many list items were met so far. */
  index: number;
}

/** Field numbers that lead deeper, and how to name the step: a word, the message's map key, or its place in a list. */
interface Shape {
  children: Readonly<Record<number, { shape: keyof typeof SHAPES; label: string }>>;
  keyed?: 'name' | 'field';
  listed?: true;
}

const SHAPES: Readonly<Record<ShapeName, Shape>> = {
  request: {
    children: {
      2: { shape: 'state', label: 'observed' },
      3: { shape: 'state', label: 'desired' },
      4: { shape: 'struct', label: 'input' },
      5: { shape: 'struct', label: 'context' },
      6: { shape: 'resourcesEntry', label: 'extra_resources' },
      8: { shape: 'resourcesEntry', label: 'required_resources' },
      9: { shape: 'schemaEntry', label: 'required_schemas' },
    },
  },
  state: { children: { 1: { shape: 'resource', label: '.composite' }, 2: { shape: 'entry', label: '.resources' } } },
  entry: { children: { 2: { shape: 'resource', label: '' } }, keyed: 'name' },
  resource: { children: { 1: { shape: 'struct', label: '.resource' } } },
  resourcesEntry: { children: { 2: { shape: 'resources', label: '' } }, keyed: 'name' },
  resources: { children: { 1: { shape: 'resource', label: '' } }, listed: true },
  schemaEntry: { children: { 2: { shape: 'schema', label: '' } }, keyed: 'name' },
  schema: { children: { 1: { shape: 'struct', label: '.openapi_v3' } } },
  struct: { children: { 1: { shape: 'field', label: '' } } },
  field: { children: { 2: { shape: 'value', label: '' } }, keyed: 'field' },
  value: { children: { 5: { shape: 'struct', label: '' }, 6: { shape: 'list', label: '' } } },
  list: { children: { 1: { shape: 'value', label: '' } }, listed: true },
};

type ShapeName =
  | 'request'
  | 'state'
  | 'entry'
  | 'resource'
  | 'resourcesEntry'
  | 'resources'
  | 'schemaEntry'
  | 'schema'
  | 'struct'
  | 'field'
  | 'value'
  | 'list';

const MAX_SEGMENTS = 12;

function step(reader: BinaryReader, frame: Frame, stack: Frame[]): void {
  const [number, wireType] = reader.tag();
  if (wireType !== WireType.LengthDelimited) {
    reader.skip(wireType, number);
    return;
  }
  if (frame.shape.keyed && number === 1) {
    const key = reader.string();
    frame.label += frame.shape.keyed === 'field' ? `.${key}` : `[${JSON.stringify(key)}]`;
    return;
  }
  const end = reader.uint32() + reader.pos;
  const child = frame.shape.children[number];
  if (!child) {
    reader.pos = end;
    return;
  }
  const label = frame.shape.listed ? `[${frame.index}]` : child.label;
  frame.index += 1;
  stack.push({ shape: SHAPES[child.shape], end, label, index: 0 });
}

function pathOf(stack: readonly Frame[]): string {
  const segments = stack.map(frame => frame.label).filter(label => label !== '');
  return segments.length > MAX_SEGMENTS ? `${segments.slice(0, MAX_SEGMENTS).join('')} …` : segments.join('');
}

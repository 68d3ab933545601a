import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { clip } from '../../base/clip.ts';

/**
 * Follows the bytes of a RunFunctionRequest message by message, to find what the codec cannot decode or loses. Keeps
 * its own stack, so that no depth can exhaust the one of the process; ends where the bytes cannot be followed.
 *
 * @param see told of the messages around each place, outermost first, whenever one is entered or has got its name;
 *   ends the walk by answering `false`
 */
export function walkRequest(bytes: Uint8Array, see: (stack: readonly Frame[]) => boolean): void {
  const reader = new BinaryReader(bytes);
  const stack: Frame[] = [{ shape: SHAPES.request, end: reader.len, label: '', step: undefined, index: 0 }];
  try {
    for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
      if (reader.pos >= frame.end) stack.pop();
      else if (advance(reader, frame, stack) && !see(stack)) return;
    }
  } catch {
    return;
  }
}

/** What the messages around a place come to, as in `observed.resources["web"].resource.spec.a.b …`, cut after some. */
export function pathOf(stack: readonly Frame[]): string {
  const segments = stack.map(frame => frame.label).filter(label => label !== '');
  return segments.length > MAX_SEGMENTS ? `${segments.slice(0, MAX_SEGMENTS).join('')} …` : segments.join('');
}

const MAX_SEGMENTS = 12;
/** Longest name shown of one step of a path. */
const NAME_LENGTH = 64;

/** A message being read: what its fields are, where it ends, and what to call it. */
export interface Frame {
  shape: Shape;
  end: number;
  label: string;
  /** The key or index by which JSON knows it, for what is inside an object. */
  step: string | number | undefined;
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

/** Reads one field; whether that entered a message or named the one it is in. */
function advance(reader: BinaryReader, frame: Frame, stack: Frame[]): boolean {
  const [number, wireType] = reader.tag();
  if (wireType !== WireType.LengthDelimited) {
    reader.skip(wireType, number);
    return false;
  }
  if (frame.shape.keyed && number === 1) {
    const key = reader.string();
    const shown = clip(key, NAME_LENGTH);
    frame.label += frame.shape.keyed === 'field' ? `.${shown}` : `[${JSON.stringify(shown)}]`;
    frame.step = key;
    return true;
  }
  const end = reader.uint32() + reader.pos;
  const child = frame.shape.children[number];
  if (!child) {
    reader.pos = end;
    return false;
  }
  const listed = frame.shape.listed ? frame.index : undefined;
  frame.index += 1;
  const label = listed === undefined ? child.label : `[${listed}]`;
  stack.push({ shape: SHAPES[child.shape], end, label, step: listed, index: 0 });
  return true;
}

import { API_VERSION, CLAIM_KIND, GROUP, KINDS } from '../../api/group.ts';
import { isObject, type JsonObject, objectAt, stringAt } from '../../base/json.ts';
import type { KubeObject } from '../../base/object.ts';
import { nearest } from '../../plan/nearest.ts';
import type { InputDocument } from './documents.ts';

/** An object the command works on. */
export interface Selected {
  origin: string;
  /** As it was written. */
  content: JsonObject;
  object: KubeObject;
}

/** Kinds people write; everything else is made by Crossplane or belongs to somebody else. */
const WRITTEN: string[] = [CLAIM_KIND, KINDS.platform];

/**
 * The objects people write for Hikube among what was read; all others are passed over with a note.
 *
 * @param namespace for claims that name none
 */
export function select(documents: InputDocument[], namespace: string, note: (line: string) => void): Selected[] {
  return documents.flatMap(({ origin, content }) => {
    const kind = stringAt(content, 'kind') ?? '';
    const apiVersion = stringAt(content, 'apiVersion') ?? '';
    if (isObject(content) && WRITTEN.includes(kind) && apiVersion.split('/')[0] === GROUP) {
      return [{ origin, content, object: identified(content, kind, namespace) }];
    }
    note(`${origin}: passed over ${describe(content)}${hint(kind, apiVersion)}`);
    return [];
  });
}

/** What the function needs to know of the object; the check looks at the whole of it. */
function identified(content: JsonObject, kind: string, namespace: string): KubeObject {
  const metadata: KubeObject['metadata'] = { name: stringAt(content, 'metadata', 'name') ?? '' };
  if (kind === CLAIM_KIND) metadata.namespace = stringAt(content, 'metadata', 'namespace') ?? namespace;
  return { apiVersion: API_VERSION, kind, metadata, spec: objectAt(content, 'spec') };
}

function describe(content: unknown): string {
  if (!isObject(content) || typeof content.kind !== 'string') return 'something that is not a Kubernetes object';
  return `${content.kind} ${stringAt(content, 'metadata', 'name') ?? ''}`.trim();
}

function hint(kind: string, apiVersion: string): string {
  if (apiVersion.split('/')[0] !== GROUP) return '';
  const guess = nearest(kind, WRITTEN);
  return guess ? `; did you mean ${guess}?` : '';
}

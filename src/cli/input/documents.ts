import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { type Document, LineCounter, parseAllDocuments, type Tags } from 'yaml';
import { messageOf } from '../../base/error.ts';
import { isObject, listAt, stringAt } from '../../base/json.ts';

/** One object of an input, with where it came from. */
export interface InputDocument {
  /** `claims.yaml`, or `claims.yaml, document 2` where a file holds several. */
  origin: string;
  content: unknown;
}

/** Standard input, by the name every tool gives it. */
const STDIN = '-';

/** Reads every object of YAML or JSON files; `-` is standard input, and a List counts as its items. */
export async function readDocuments(files: readonly string[]): Promise<InputDocument[]> {
  const documents: InputDocument[] = [];
  for (const file of files) documents.push(...parseDocuments(await readInput(file), nameOf(file)));
  return documents;
}

/** Reads a file that holds one object, for example a catalogue. */
export async function readDocument(file: string): Promise<unknown> {
  const [first, second] = await readDocuments([file]);
  if (!first) throw new Error(`cannot read ${nameOf(file)}: it is empty`);
  if (second) throw new Error(`cannot read ${nameOf(file)}: it holds several documents, expected one`);
  return first.content;
}

async function readInput(file: string): Promise<string> {
  try {
    return file === STDIN ? await text(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`cannot read ${nameOf(file)}: ${messageOf(error)}`);
  }
}

function parseDocuments(source: string, name: string): InputDocument[] {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(source, { lineCounter: lines, merge: true, customTags });
  const documents = Array.isArray(parsed) ? parsed : [];
  for (const document of documents) throwFirstError(document, name);
  const objects = documents
    .map((document): unknown => document.toJS())
    .flatMap(content => (isList(content) ? listAt(content, 'items') : [content]))
    .filter(content => content !== null && content !== undefined);
  return objects.map((content, index) => ({
    origin: objects.length > 1 ? `${name}, document ${index + 1}` : name,
    content,
  }));
}

/** A document may ask for YAML 1.1, whose dates and sets are texts and maps to Kubernetes. */
function customTags(tags: Tags): Tags {
  return tags.filter(tag => typeof tag === 'string' || !BEYOND_JSON.includes(tag.tag));
}

const BEYOND_JSON = ['binary', 'omap', 'pairs', 'set', 'timestamp'].map(name => `tag:yaml.org,2002:${name}`);

function throwFirstError(document: Document.Parsed, name: string): void {
  const [error] = document.errors;
  // The library's message goes on with an excerpt of the source; its first line says it all.
  if (error) throw new Error(`cannot read ${name}: ${error.message.split('\n')[0]?.replace(/:$/, '')}`);
}

function isList(content: unknown): boolean {
  return isObject(content) && stringAt(content, 'kind') === 'List' && Array.isArray(content.items);
}

function nameOf(file: string): string {
  return file === STDIN ? 'standard input' : file;
}

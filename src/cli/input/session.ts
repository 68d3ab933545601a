import { messageOf } from '../../base/error.ts';
import { type Catalog, parseCatalog } from '../../catalog/index.ts';
import { describeFinding, type Finding } from '../../plan/finding.ts';
import { tell } from '../output/tell.ts';
import { titleOf } from '../output/title.ts';
import { check } from './check.ts';
import { readDocument, readDocuments } from './documents.ts';
import { type Selected, select } from './select.ts';

/** Options both commands share. */
export interface InputOptions {
  catalog?: string;
  namespace: string;
}

/** What a command goes on with: objects without errors, and whether there were others. */
export interface Session {
  catalog: Catalog;
  valid: Selected[];
  failed: boolean;
}

/** Reads catalogue and files, checks every object and says on standard error what is wrong. */
export async function openSession(files: string[], options: InputOptions): Promise<Session> {
  const catalog = options.catalog === undefined ? parseCatalog(undefined) : await readCatalog(options.catalog);
  const now = new Date();
  const selected = select(await readDocuments(files), options.namespace, line => tell('note', line));
  const valid = selected.filter(item => {
    const { errors, warnings } = check(item, catalog, now);
    report('warning', item, warnings);
    report('error', item, errors);
    return errors.length === 0;
  });
  return { catalog, valid, failed: valid.length < selected.length };
}

async function readCatalog(file: string): Promise<Catalog> {
  const input = await readDocument(file);
  try {
    return parseCatalog(input);
  } catch (error) {
    throw new Error(`${file}: ${messageOf(error)}`);
  }
}

function report(kind: 'warning' | 'error', { origin, object }: Selected, problems: Finding[]): void {
  for (const problem of problems) tell(kind, `${origin}: ${titleOf(object)}: ${describeFinding(problem)}`);
}

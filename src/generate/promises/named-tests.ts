/** A test, or a group of tests, whose title names promises. */
export interface NamedTest {
  /** Numbers such as `H12`, in the order of the title. */
  promises: string[];
  /** Titles from the outermost group to this one. */
  name: string;
  /** How many tests a group holds; those made from one table count as one. */
  tests?: number;
}

/**
 * Finds them in the source of a test, by the layout our formatter gives it: a test or group begins a line, what it holds
 * is indented further. Where a title is filled from a table (`%s`, `$promise`) the table's rows are read.
 */
export function namedTests(source: string): NamedTest[] {
  const found: NamedTest[] = [];
  const around: { indent: number; title: string; named: NamedTest[] }[] = [];
  for (const { isGroup, indent, title, rows } of statements(source)) {
    while ((around.at(-1)?.indent ?? -1) >= indent) around.pop();
    const outer = around.map(group => group.title);
    const named = [title, ...rows].flatMap(own => {
      const promises = promisesIn(own);
      return promises.length === 0 ? [] : [{ promises, name: [...outer, own].join(' › ') }];
    });
    found.push(...named);
    if (isGroup) around.push({ indent, title, named });
    else for (const group of around.flatMap(open => open.named)) group.tests = (group.tests ?? 0) + 1;
  }
  return found;
}

/** Numbers of promises in a text, each once. */
export function promisesIn(text: string): string[] {
  return [...new Set(text.match(/\bH\d\d\b/g))];
}

interface Statement {
  isGroup: boolean;
  indent: number;
  title: string;
  /** Titles made of those rows of a table that name promises where the title does not. */
  rows: string[];
}

/** `checkRule` makes a test of each row it is given (src/readiness/testing). */
const OPENER = /^( *)(describe|test|it|checkRule)((?:\.\w+)*)(?=[(<])/gm;
const TEXT = /(?<quote>['"`])(?<text>(?:\\.|(?!\k<quote>)[^\\])*)\k<quote>/;
const TITLE_AT_ONCE = new RegExp(`^[^(]*\\(\\s*${TEXT.source}`);
const TITLE_AFTER_CALL = new RegExp(`\\)\\(\\s*${TEXT.source}`);

function statements(source: string): Statement[] {
  const openers = [...source.matchAll(OPENER)];
  return openers.flatMap((opener, position) => {
    const [, indentation = '', word, modifiers = ''] = opener;
    const text = source.slice(opener.index, openers[position + 1]?.index);
    const indent = indentation.length;
    if (word === 'checkRule') return [{ isGroup: false, indent, title: '', rows: titlesOf(text, '%s') }];
    const called = /\.(each|skipIf|runIf)\b/.test(modifiers);
    const match = (called ? TITLE_AFTER_CALL : TITLE_AT_ONCE).exec(text);
    if (!match) return [];
    const title = plain(match.groups?.text ?? '');
    const rows = called ? tableOf(text.slice(0, match.index), source) : '';
    return [{ isGroup: word === 'describe', indent, title, rows: titlesOf(rows, title) }];
  });
}

/** The rows of a table, also of one that has a name and stands elsewhere in the file. */
function tableOf(call: string, source: string): string {
  const name = /\.each\((\w+)$/.exec(call)?.[1];
  if (name === undefined) return call;
  return new RegExp(`^const ${name}\\b[^=]*= \\[(.*?)^\\]`, 'ms').exec(source)?.[1] ?? '';
}

function titlesOf(rows: string, title: string): string[] {
  return [...rows.matchAll(new RegExp(`(?:(?<key>\\w+): )?${TEXT.source}`, 'g'))].flatMap(({ groups }) => {
    const [key, text] = [groups?.key, plain(groups?.text ?? '')];
    if (promisesIn(text).length === 0) return [];
    if (key !== undefined && title.includes(`$${key}`)) return [title.replace(`$${key}`, text)];
    return [/%\w/.test(title) ? title.replace(/%\w/, text) : `${title}: ${text}`];
  });
}

function plain(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}

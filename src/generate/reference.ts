import { at, isObject, type JsonObject, listAt, objectAt, stringAt } from '../base/json.ts';

/** A resource definition as the reference shows it. */
export interface ReferenceKind {
  kind: string;
  /** Who writes it and where it lives, for example `namespaced, written by tenants`. */
  role: string;
  schema: JsonObject;
}

/** The API reference in Markdown: every field with its type, default, bounds and meaning. */
export function apiReference(apiVersion: string, kinds: ReferenceKind[]): string {
  const contents = kinds.map(({ kind, role }) => `- [${kind}](#${kind.toLowerCase()}): ${role}`);
  return [
    '# API reference',
    '',
    `Every kind of \`${apiVersion}\`. Generated from src/api by \`npm run generate\`; do not edit.`,
    '',
    ...contents,
    '',
    ...kinds.flatMap(section),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function section({ kind, role, schema }: ReferenceKind): string[] {
  return [
    `## ${kind}`,
    '',
    `${stringAt(schema, 'description')} (${role})`,
    '',
    ...['spec', 'status'].flatMap(part => table(part, objectAt(schema, 'properties', part))),
  ];
}

function table(part: string, schema: JsonObject): string[] {
  const rows = fields(schema, part);
  if (rows.length === 0) return [];
  return [`### ${part}`, '', '| Field | Type | Default | Meaning |', '| --- | --- | --- | --- |', ...rows, ''];
}

/** A row for each field, depth first; `<name>` stands for a key of a map and `[]` for an item of a list. */
function fields(schema: unknown, path: string): string[] {
  const required = listAt(schema, 'required');
  const own = Object.entries(objectAt(schema, 'properties')).flatMap(([name, field]) => [
    row(`${path}.${name}`, field, required.includes(name)),
    ...below(field, `${path}.${name}`),
  ]);
  return own;
}

function below(schema: unknown, path: string): string[] {
  const items = at(schema, 'items');
  const values = at(schema, 'additionalProperties');
  if (items) return below(items, `${path}[]`);
  if (values) return below(values, `${path}.<name>`);
  return fields(schema, path);
}

function row(path: string, field: unknown, required: boolean): string {
  const fallback = at(field, 'default');
  const shown = fallback === undefined ? (required ? 'required' : '') : `\`${JSON.stringify(fallback)}\``;
  const meaning = [stringAt(field, 'description'), ...rules(field)].join(' ');
  return `| ${[`\`${path.replace(/^(spec|status)\./, '')}\``, typeOf(field), shown, meaning].map(cell).join(' | ')} |`;
}

function typeOf(schema: unknown): string {
  const choices = listAt(schema, 'enum');
  if (choices.length > 0) return choices.map(choice => `\`${choice}\``).join(', ');
  const type = stringAt(schema, 'type') ?? 'any';
  if (type === 'array') return `list of ${typeOf(at(schema, 'items'))}`;
  const values = at(schema, 'additionalProperties');
  if (isObject(values)) return `map of ${typeOf(values)}`;
  return type;
}

/** Bounds in words; the rules for the values of a map are told with the map. */
function rules(schema: unknown): string[] {
  return [
    range(at(schema, 'minimum'), at(schema, 'maximum')),
    range(at(schema, 'minItems'), at(schema, 'maxItems') ?? at(schema, 'maxProperties'), ' entries'),
    range(undefined, at(schema, 'maxLength'), ' characters'),
    ...listAt(schema, 'additionalProperties', 'x-kubernetes-validations').map(
      rule => `Rule: \`${stringAt(rule, 'rule')}\`.`,
    ),
  ].filter(sentence => sentence !== '');
}

function range(least: unknown, most: unknown, unit = ''): string {
  if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}.`;
  if (most !== undefined) return `At most ${most}${unit}.`;
  return least === undefined ? '' : `At least ${least}${unit}.`;
}

function cell(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replace(/`[^`]*`/g, code => code.replaceAll('&lt;', '<'));
}

import { Document, isScalar, parseDocument, Scalar, visit } from 'yaml';

/**
 * One YAML document as every reader understands it: no anchors, no line folding, and strings quoted that some YAML
 * version takes for something else (`yes`, `on`, `1_000`, `12:30`, `0o7`).
 */
export function toYaml(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && isAmbiguous(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0 });
}

/** Several YAML documents, separated by `---`. */
export function toYamlStream(values: readonly unknown[]): string {
  return values.map(toYaml).join('---\n');
}

/** Whether a YAML 1.1 or 1.2 reader would not read this plain text as a string. */
function isAmbiguous(text: string): boolean {
  // The merge key and the default key of YAML 1.1, which only some readers know.
  if (text === '<<' || text === '=') return true;
  return MAY_BE_AMBIGUOUS.test(text) && (['1.1', '1.2'] as const).some(version => !isPlainString(text, version));
}

/** Everything that is not a word of some length; saves parsing nearly all strings. */
const MAY_BE_AMBIGUOUS = /^(?:[-+.0-9~].*|[a-z]{1,5})?$/i;

function isPlainString(text: string, version: '1.1' | '1.2'): boolean {
  const { contents } = parseDocument(text, { version });
  return isScalar(contents) && contents.value === text;
}

import { closest, distance } from 'fastest-levenshtein';

/** What is longer is no misspelling of anything, and comparing costs by length. */
const LONGEST = 128;

/** The known name a misspelt one probably means, or undefined when nothing is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || name.length > LONGEST) return undefined;
  const found = closest(name, known);
  return distance(name.toLowerCase(), found.toLowerCase()) <= Math.max(2, Math.floor(name.length / 3))
    ? found
    : undefined;
}

/** `did you mean s1.large? valid are s1.small, s1.medium`: the remedy for a value that is not in a list. */
export function oneOf(name: string, known: readonly string[]): string {
  const guess = nearest(name, known);
  return `${guess ? `did you mean ${guess}? ` : ''}valid are ${listed(known)}`;
}

/** Names for a sentence, never an empty end of one. */
export function listed(known: readonly string[]): string {
  return known.join(', ') || 'none';
}

import { closest, distance } from 'fastest-levenshtein';

/** The known name a misspelt one probably means, or undefined when nothing is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const found = closest(name, known);
  return distance(name.toLowerCase(), found.toLowerCase()) <= Math.max(2, Math.floor(name.length / 3))
    ? found
    : undefined;
}

/** `did you mean s1.large? valid are s1.small, s1.medium`: the remedy for a value that is not in a list. */
export function oneOf(name: string, known: readonly string[]): string {
  const guess = nearest(name, known);
  return `${guess ? `did you mean ${guess}? ` : ''}valid are ${known.join(', ') || 'none'}`;
}

/**
 * Text cut to a length, telling how much is missing: what others wrote must not decide how large our own words become.
 *
 * @param most at least the 34 characters the ending may take
 * @example clip(condition.message, 400) // 'admission webhook denied the … (and 1234 characters more)'
 */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  // A character of two halves is not cut in the middle.
  const kept = text.slice(0, Math.max(0, most - ENDING_LENGTH)).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}… (and ${text.length - kept.length} characters more)`;
}

const ENDING_LENGTH = 34;

/** Longest message about one object: room for a sentence or two of a controller. */
export const MESSAGE_LENGTH = 400;

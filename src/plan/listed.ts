import { clip } from '../base/clip.ts';
import type { Finding } from './finding.ts';

/** How many problems a claim is told at once; one typing error in a template makes hundreds of the same kind. */
const MOST = 12;
const PATH_LENGTH = 256;
const TEXT_LENGTH = 400;
/** A remedy lists what a platform offers. */
const REMEDY_LENGTH = 1000;

/**
 * The first problems, each of bounded length, and how many more there are: a status must not grow with what a tenant
 * writes.
 */
export function listed(problems: readonly Finding[], rest: 'MoreProblems' | 'MoreWarnings'): Finding[] {
  const told = problems.slice(0, MOST).map(({ code, path, message, remedy }) => ({
    code,
    path: clip(path, PATH_LENGTH),
    message: clip(message, TEXT_LENGTH),
    remedy: clip(remedy, REMEDY_LENGTH),
  }));
  const more = problems.length - told.length;
  if (more <= 0) return told;
  const what = rest === 'MoreProblems' ? 'problems' : 'warnings';
  return [
    ...told,
    {
      code: rest,
      path: 'spec',
      message: `${more} more ${what} are not listed`,
      remedy: 'see to the listed ones first',
    },
  ];
}

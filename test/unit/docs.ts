import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** A fenced block of a page. */
export interface Block {
  page: string;
  text: string;
}

/** Pages a reader meets, generated ones aside. */
const PAGES = ['README.md', 'CONTRIBUTING.md', 'package/README.md', ...globSync('docs/*.md', { cwd: root })].filter(
  page => !page.endsWith('api-reference.md'),
);

/** Fenced blocks of one language in all pages, or in one. */
export function blocks(language: string, pages: string[] = PAGES): Block[] {
  const fence = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms');
  return pages.flatMap(page =>
    [...readFileSync(path.join(root, page), 'utf8').matchAll(fence)].map(match => ({ page, text: match[1] ?? '' })),
  );
}

/** Commands of shell blocks, a line each, without comments. */
export function commands(pages?: string[]): { page: string; command: string }[] {
  return blocks('sh', pages).flatMap(({ page, text }) =>
    text
      .split('\n')
      .map(line => line.replace(/\s+#.*$/, '').trim())
      .filter(line => line && !line.startsWith('#'))
      .map(command => ({ page, command })),
  );
}

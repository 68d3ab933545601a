import { expect, test } from 'vitest';
import { checkLabels } from './labels.ts';

const found = (labels: Record<string, string>) => checkLabels(labels, 'web').map(({ code, path }) => `${code} ${path}`);

test('labels that fit into one argument of the kubelet are accepted, longer ones refused', () => {
  const labels = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`example.com/label-${index + 10}`, 'value']));
  expect(found(labels(28))).toEqual([]);
  expect(found(labels(29))).toEqual(['TooLarge web.labels']);
});

test.each(['a..b/c', 'Example.com/a', 'a/b/c', ''])('%j is no label', key => {
  expect(found({ [key]: 'v' })).toEqual([`InvalidField web.labels.${key}`]);
});

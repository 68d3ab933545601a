import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { toYaml, toYamlStream } from './yaml.ts';

describe('strings that some YAML reader takes for something else are quoted', () => {
  const tricky =
    'yes no on off y n Yes NO On true False null ~ 1e3 0o7 0777 1_000 12:30 190:20:30 0x1f .5 1. +1 .inf .nan << = 2001-01-01 1.30';
  test.each([...tricky.split(' '), '', ' ', '-', '- a', 'a: b', '#x', '*a', '&a', '!a', '%a', '@a', '`a'])(
    '%j',
    text => {
      const yaml = toYaml({ value: text });
      expect(yaml).toMatch(/^value: ["']/);
      for (const version of ['1.1', '1.2'] as const) expect(parse(yaml, { version })).toEqual({ value: text });
    },
  );

  test('keys too', () => {
    const yaml = toYaml({ on: 1, '12:30': 2, plain: 3 });
    expect(yaml).toBe('"on": 1\n"12:30": 2\nplain: 3\n');
  });
});

test('words, quantities and versions stay plain', () => {
  const value = { version: 'v1.34.9', size: '50Gi', type: 's1.large', cidr: '10.243.0.0/16', image: 'quay.io/a/b:v1' };
  expect(toYaml(value)).not.toMatch(/["']/);
});

test('an object that occurs twice is written twice, and long lines stay whole', () => {
  const shared = { text: 'word '.repeat(60).trim() };
  expect(toYaml({ a: shared, b: shared })).toBe(`a:\n  text: ${shared.text}\nb:\n  text: ${shared.text}\n`);
});

test('a stream separates documents', () => {
  expect(toYamlStream([{ a: 1 }, { b: 2 }])).toBe('a: 1\n---\nb: 2\n');
  expect(toYamlStream([])).toBe('');
});

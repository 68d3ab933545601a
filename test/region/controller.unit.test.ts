import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Key, runController } from './controller.ts';
import { connect } from './kube.ts';
import { writeKubeconfig } from './kubeconfig.ts';

// Nothing is watched here, so nothing is dialled.
const kube = connect(writeKubeconfig({ server: 'https://127.0.0.1:1', ca: '' }));
const start = (reconcile: (key: Key) => Promise<void>, log: (line: string) => void = () => undefined) =>
  runController({ name: 'test', kube, watches: [], reconcile, log });

test('changes that arrive while a key is worked on are merged into one more round', async () => {
  let rounds = 0;
  let release = (): void => undefined;
  const held = new Promise<void>(resolve => {
    release = resolve;
  });
  const controller = start(async () => {
    rounds += 1;
    await held;
  });
  for (let i = 0; i < 10; i++) {
    controller.enqueue({ name: 'a' });
    await delay(1);
  }
  release();
  await delay(100);
  await controller.stop();
  expect(rounds).toBe(2);
});

test('one key waits for itself, others do not wait for it', async () => {
  let together = 0;
  let most = 0;
  const controller = start(async () => {
    together += 1;
    most = Math.max(most, together);
    await delay(20);
    together -= 1;
  });
  for (const name of ['a', 'a', 'b', 'c']) controller.enqueue({ name });
  await delay(100);
  await controller.stop();
  expect(most).toBe(3);
});

test('a failure is logged and tried again', async () => {
  const lines: string[] = [];
  let tries = 0;
  const controller = start(
    async () => {
      tries += 1;
      if (tries === 1) throw new Error('cannot read it yet');
    },
    line => lines.push(line),
  );
  controller.enqueue({ namespace: 'acme', name: 'a' });
  await expect.poll(() => tries, { timeout: 2_000 }).toBe(2);
  await controller.stop();
  expect(lines).toEqual(['test acme/a: cannot read it yet']);
});

test('stopping waits for what is under way and starts nothing more', async () => {
  let finished = 0;
  const controller = start(async () => {
    await delay(30);
    finished += 1;
  });
  controller.enqueue({ name: 'a' });
  await delay(5);
  await controller.stop();
  controller.enqueue({ name: 'b' });
  await delay(50);
  expect(finished).toBe(1);
});

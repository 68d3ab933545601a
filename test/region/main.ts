import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readObjects } from './crds/read.ts';
import { type Kube, type KubeObject, kindOf } from './kube.ts';
import { slowness } from './patience.ts';
import { type Region, root, startRegion } from './region.ts';
import { howToGoOn } from './show/go-on.ts';
import { describeNodes } from './show/nodes.ts';
import { follow } from './show/progress.ts';
import { describeTimings } from './show/timings.ts';
import { describeTree } from './show/tree.ts';

/** `npm start`: a region, a claim, and everything that happens until the claim is Ready. */
const CLAIM = 'hikube.cloud/v1alpha1/HikubeCluster';
/** How long a claim may take on the machine that `patience` takes as its measure. */
const READY_TIMEOUT_MS = 600_000;

const began = performance.now();
const say = (line = ''): void => console.log(line);
const sayAt = (line: string): void => say(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);

try {
  // Exits even though a claim may still be followed: the user has asked for the end.
  process.exit(await main());
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { exit: { type: 'boolean', default: false } },
  });
  const [file = resolve(root, 'examples', 'quick-start.yaml'), ...more] = positionals;
  if (more.length > 0) throw new Error('cannot start: more than one file is given');
  const objects = await readClaims(file);

  if (slowness() > 1.5)
    say(`This machine is ${slowness().toFixed(1)} times slower than the reference: limits stretch.`);
  const region = await startRegion({
    log: sayAt,
    onStage: (stage, event, seconds) => event === 'ended' && sayAt(`${stage} ready in ${seconds.toFixed(1)} s`),
  });
  const signalled = untilSignal();
  try {
    const ready = await Promise.race([bringUp(region, objects, file), signalled]);
    if (ready === 'signalled') return 130;
    if (values.exit || !ready) return ready ? 0 : 1;
    say(`\n${howToGoOn({ ...region, claims: claimsOf(objects) })}`);
    await signalled;
    return 0;
  } finally {
    say('\nstopping');
    await region.stop();
    say(`Region stopped; logs are in ${relative(process.cwd(), region.logs)}`);
  }
}

async function bringUp(region: Region, objects: KubeObject[], file: string): Promise<boolean> {
  const { kube } = region;
  const applied = performance.now();
  sayAt(`applying ${relative(process.cwd(), resolve(file))}`);
  for (const object of objects) await applyInNamespace(kube, object);
  const claims = claimsOf(objects);
  const outcome = await follow(kube, claims, { log: sayAt, timeoutMs: READY_TIMEOUT_MS });
  if (!outcome.ready) {
    console.error(['\nNot Ready, because of:', ...outcome.missing.map(line => `  ${line}`)].join('\n'));
    return false;
  }
  const seconds = (performance.now() - applied) / 1000;
  for (const claim of claims) {
    say(`\n${await describeTree(kube, claim)}`);
    say(`\n${await describeNodes(region, claim)}`);
  }
  say(`\n${describeTimings(region.timings, seconds, (performance.now() - began) / 1000)}`);
  return true;
}

async function readClaims(file: string): Promise<KubeObject[]> {
  if (!existsSync(file)) throw new Error(`cannot read ${file}: no such file`);
  const objects = await readObjects(resolve(file));
  if (claimsOf(objects).length === 0) {
    throw new Error(`cannot start with ${file}: it holds no HikubeCluster`);
  }
  return objects;
}

function claimsOf(objects: KubeObject[]): KubeObject[] {
  return objects.filter(object => kindOf(object) === CLAIM);
}

async function applyInNamespace(kube: Kube, object: KubeObject): Promise<void> {
  const { namespace } = object.metadata;
  if (namespace) await kube.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await kube.apply(object, { fieldValidation: 'Strict', fieldManager: 'tenant' });
}

/** Resolves when the user or the system asks for the end; asking twice ends at once. */
function untilSignal(): Promise<'signalled'> {
  return new Promise(resolve => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(130);
        asked = true;
        resolve('signalled');
      });
    }
  });
}

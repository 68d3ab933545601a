import fc from 'fast-check';
import { type JsonObject, objectAt, stringAt } from '../../src/base/json.ts';
import { minorNumber } from '../../src/catalog/minor.ts';
import type { CatalogName } from './catalogues.ts';
import { CATALOGUES } from './catalogues.ts';
import { autoscale, loseStatus } from './platform.ts';
import type { Reach, World } from './world.ts';

/** What happens to a cluster in one step of its life, as data, so that a failing life can be read. */
export type Step =
  | { edit: 'group'; group: string; fields: JsonObject }
  | { edit: 'remove'; group: string }
  | { edit: 'rename'; group: string; to: string }
  | { edit: 'upgrade' }
  | { edit: 'addon'; addon: string; fields: JsonObject }
  | { edit: 'host'; host: string | undefined }
  | { edit: 'mistake' }
  | { event: 'catalogue'; name: CatalogName }
  | { event: 'power'; zone: string; up: boolean }
  | { event: 'autoscaler'; more: number }
  | { event: 'lost status'; zone: string };

/** One step, and how far Crossplane and the platform get before the next one. */
export interface Stride {
  step: Step;
  rounds: { ofClaim: Reach; ofChildren: Reach; ticks: number; upgrades: boolean }[];
}

/** Carries a step out; returns the claim's spec as it is asked for then. */
export function carryOut(step: Step, world: World, { mistake: _, ...spec }: JsonObject): JsonObject {
  if ('event' in step) {
    if (step.event === 'catalogue') world.catalog = CATALOGUES[step.name];
    if (step.event === 'power') world.setZone(step.zone, step.up);
    if (step.event === 'lost status')
      for (const { composed } of world.children.values()) loseStatus(composed, step.zone);
    if (step.event === 'autoscaler') {
      for (const { composed } of world.children.values()) autoscale(composed, step.more);
      // Everybody has seen its work before anything else happens: nobody can keep nodes that nobody knows.
      world.round();
      world.round();
    }
    return spec;
  }
  if (step.edit === 'mistake') return { ...spec, mistake: 'the next edit takes it back' };
  if (step.edit === 'upgrade') return { ...spec, version: nextMinor(world) };
  if (step.edit === 'addon') return { ...spec, addons: { ...objectAt(spec, 'addons'), [step.addon]: step.fields } };
  if (step.edit === 'host') {
    const { host: __, ...unnamed } = spec;
    return step.host === undefined ? unnamed : { ...unnamed, host: step.host };
  }
  const { [step.group]: before, ...others } = objectAt(spec, 'nodeGroups');
  if (step.edit === 'remove') return { ...spec, nodeGroups: others };
  if (step.edit === 'rename') return { ...spec, nodeGroups: before ? { ...others, [step.to]: before } : others };
  const group = { instanceType: 's1.large', ...objectAt(before), ...step.fields };
  return { ...spec, nodeGroups: { ...others, [step.group]: group } };
}

/** The minor after the one that was let through, as far as there is one. */
function nextMinor({ children }: World): string {
  const accepted = stringAt(children.get('control-plane')?.object, 'spec', 'version') ?? 'v1.33';
  return `v1.${Math.min(36, minorNumber(accepted) + 1)}`;
}

const ZONES = ['geneva', 'gland', 'lucerne'];
const group = fc.constantFrom('web', 'ml', 'db', 'ci');
const zone = fc.constantFrom(...ZONES);
const gpuNames = fc.subarray(['nvidia.com/L40S', 'nvidia.com/AD102GL_L40S']);

const fields: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.tuple(fc.nat(5), fc.nat(5)).map(([min, more]) => ({ minReplicas: min, maxReplicas: min + more })),
  fc.subarray(ZONES, { minLength: 1 }).map(zones => ({ zones })),
  fc.constantFrom('s1.large', 's1.xlarge', 'u1.2xlarge').map(instanceType => ({ instanceType })),
  fc.constantFrom<JsonObject>({ cpu: '6' }, { memory: '48Gi' }, {}).map(resources => ({ resources })),
  fc.constantFrom('50Gi', '80Gi').map(ephemeralStorage => ({ ephemeralStorage })),
  fc.constantFrom('a', 'b', 'c').map(team => ({ labels: { team } })),
  gpuNames.map(names => ({ gpus: names.map(name => ({ name })) })),
  fc.constantFrom<JsonObject>({ maxSurge: 0 }, { maxSurge: 2 }).map(rollout => ({ rollout })),
);

const HOSTS = ['api.example.com', 'www.example.com', 'shop.example.com'];

const addon: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    edit: fc.constant('addon' as const),
    addon: fc.constantFrom('certManager', 'fluxcd', 'velero', 'monitoringAgents', 'gpuOperator'),
    fields: fc.boolean().map(enabled => ({ enabled })),
  }),
  fc.record({
    edit: fc.constant('addon' as const),
    addon: fc.constant('ingressNginx'),
    fields: fc.record({
      enabled: fc.constantFrom(true, true, false),
      engine: fc.constantFrom('nginx', 'traefik'),
      exposeMethod: fc.constant('Proxied'),
      hosts: fc.subarray(HOSTS),
    }),
  }),
  fc.record({ edit: fc.constant('host' as const), host: fc.constantFrom(...HOSTS, undefined) }),
);

const edit: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: addon },
  { weight: 6, arbitrary: fc.record({ edit: fc.constant('group' as const), group, fields }) },
  fc.record({ edit: fc.constant('remove' as const), group }),
  fc.record({ edit: fc.constant('rename' as const), group, to: group }),
  { weight: 2, arbitrary: fc.record({ edit: fc.constant('upgrade' as const) }) },
  fc.record({ edit: fc.constant('mistake' as const) }),
);

const event: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ event: fc.constant('catalogue' as const), name: fc.constantFrom(...names()) }),
  fc.record({ event: fc.constant('power' as const), zone, up: fc.boolean() }),
  fc.record({ event: fc.constant('autoscaler' as const), more: fc.nat(4) }),
  fc.record({ event: fc.constant('lost status' as const), zone }),
);

function names(): CatalogName[] {
  return ['today', 'without s1.large', 'without L40S', 'GPUs in gland only', 'without v1.34', 'newer patches'];
}

const reach: fc.Arbitrary<Reach> = fc.constantFrom('whole', 'whole', 'whole', 'half', 'none');
const round = fc.record({ ofClaim: reach, ofChildren: reach, ticks: fc.nat(2), upgrades: fc.boolean() });

/** Mostly edits, by chance several before the first of them is carried out. */
export const stride: fc.Arbitrary<Stride> = fc.record({
  step: fc.oneof({ weight: 3, arbitrary: edit }, { weight: 1, arbitrary: event }),
  rounds: fc.array(round, { maxLength: 2 }),
});

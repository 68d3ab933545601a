import type { KubeObject } from '../../../src/base/object.ts';
import type { ObjectLaw } from './types.ts';

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
/** Kinds whose name becomes the name of a Service: DNS-1035. */
const SERVICES = ['Service', 'Cluster', 'KamajiControlPlane', 'HikubeControlPlane'];
const SERVICE = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
/** Cluster API adds two times a hyphen and five characters to make a node's name of it, and a node's name is a label. */
const MAX_MACHINE_DEPLOYMENT = 51;
/** Helm keeps ten characters for itself. */
const MAX_HELM_RELEASE = 53;

/** Crossplane, Cluster API and Flux make labels of names, so every namespaced name must be one. */
export const names: ObjectLaw = {
  fact: 'has a name Kubernetes and those who make labels of it accept',
  violations: ({ kind, metadata: { name, namespace }, spec }) => {
    const pattern = SERVICES.includes(kind) ? SERVICE : namespace === undefined ? SUBDOMAIN : LABEL;
    const most = kind === 'MachineDeployment' ? MAX_MACHINE_DEPLOYMENT : namespace === undefined ? 253 : 63;
    const wrong = pattern.test(name) && name.length <= most ? [] : [`metadata.name: ${name}`];
    const release = helmName(kind, spec);
    if (release !== undefined && (release.length > MAX_HELM_RELEASE || !LABEL.test(release))) {
      wrong.push(`spec.releaseName: ${release}`);
    }
    return wrong;
  },
  broken: [
    named('Service', '1st'),
    named('Secret', 'a.b'),
    named('Secret', 'x'.repeat(64)),
    named('MachineDeployment', 'x'.repeat(52)),
    { ...named('HelmRelease', 'a'), spec: { releaseName: 'x'.repeat(54) } },
  ],
};

function helmName(kind: string, spec: unknown): string | undefined {
  if (kind !== 'HelmRelease' || typeof spec !== 'object' || spec === null || !('releaseName' in spec)) return undefined;
  return String(spec.releaseName);
}

function named(kind: string, name: string): KubeObject {
  return { apiVersion: 'v1', kind, metadata: { name, namespace: 'acme' } };
}

import type { ControlPlaneSpec } from '../../../api/parts/control-plane.ts';
import { present } from '../../../base/present.ts';
import { withoutOthersHosts } from '../../target/hosts.ts';
import type { TargetChildren } from '../../target/types.ts';
import type { Step, StepContext, Steps } from './types.ts';

/** Public names are to lead to the cluster: the one of its API, and those of the shared ingress. */
export const hosts: Steps = (target, context) => [...apiName(target, context), ...sites(target, context)];

function apiName({ controlPlane }: TargetChildren, context: StepContext): Step[] {
  const before = kept(context)?.endpoint;
  const host = controlPlane.endpoint?.host;
  if (host === undefined || host === before?.host) return [];
  return [
    {
      kind: 'host',
      part: 'control-plane',
      path: 'spec.host',
      role: 'api',
      host,
      api: { now: before?.host, next: host },
      without: children => withHosts(children, before, children.controlPlane.ingress),
    },
  ];
}

function sites({ controlPlane }: TargetChildren, context: StepContext): Step[] {
  const before = kept(context);
  const wanted = controlPlane.ingress?.hosts ?? [];
  return wanted
    .filter(host => !before?.ingress?.hosts.includes(host))
    .map((host): Step => {
      return {
        kind: 'host',
        part: 'control-plane',
        path: 'spec.addons.ingressNginx.hosts',
        role: 'ingress',
        host,
        api: { now: before?.endpoint?.host, next: controlPlane.endpoint?.host },
        without: children => withoutSite(children, host),
      };
    });
}

function withoutSite(children: TargetChildren, host: string): TargetChildren {
  const { endpoint, ingress } = children.controlPlane;
  const hosts = ingress?.hosts.filter(other => other !== host) ?? [];
  return withHosts(children, endpoint, ingress && hosts.length > 0 ? { ...ingress, hosts } : undefined);
}

function withHosts(
  children: TargetChildren,
  endpoint: ControlPlaneSpec['endpoint'],
  ingress: ControlPlaneSpec['ingress'],
): TargetChildren {
  const { endpoint: _, ingress: __, ...controlPlane } = children.controlPlane;
  return { ...children, controlPlane: { ...controlPlane, ...present({ endpoint, ingress }) } };
}

/** What the control plane was let through with, less what is seen to be somebody else's. */
function kept({ accepted, facts }: StepContext): ControlPlaneSpec | undefined {
  return accepted.controlPlane && withoutOthersHosts(accepted.controlPlane, facts.reservations);
}

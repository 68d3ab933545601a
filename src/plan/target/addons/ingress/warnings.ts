import type { IngressEngine } from '../../../../api/ingress-engines.ts';
import type { Problem } from '../../../finding.ts';
import { exposeMethod } from '../../expose.ts';
import { groupsWithRole } from '../groups.ts';
import type { AddonContext, Values } from '../types.ts';
import { ROLE } from './engine.ts';
import { translated } from './translate.ts';

const PATH = 'spec.addons.ingressNginx';

/** What is odd about how ingress is asked for. */
export function ingressWarnings(context: AddonContext, engine: IngressEngine, given: Values): Problem[] {
  return [...retirement(context, engine), ...overrides(engine, given), ...placement(context), ...exposure(context)];
}

/** An ingress that was switched off has not gone yet, and what is asked for now bears the same names. */
export const stillLeaving: Problem = {
  code: 'IngressStillLeaving',
  path: PATH,
  message: 'the ingress that was switched off is still being taken down, so the new one waits for it',
  remedy: 'wait; if it takes long, look at what keeps its releases with kubectl describe hikubeaddons',
};

function retirement({ catalog }: AddonContext, engine: IngressEngine): Problem[] {
  const since = catalog.ingress.retired[engine];
  if (since === undefined) return [];
  return [
    {
      code: 'IngressEngineRetired',
      path: `${PATH}.engine`,
      message: `the ingress engine ${engine} has been without maintenance upstream since ${since}, security fixes included`,
      remedy: 'set engine: traefik, which reads the same Ingress objects; docs/ingress.md tells what differs',
    },
  ];
}

function overrides(engine: IngressEngine, given: Values): Problem[] {
  const ignored = engine === 'traefik' ? translated(given).ignored : [];
  if (ignored.length === 0) return [];
  return [
    {
      code: 'IngressOverrideIgnored',
      path: `${PATH}.valuesOverride`,
      message: `Traefik has no use for these values of ingress-nginx: ${ignored.join(', ')}`,
      remedy: 'write what you need as values of the Traefik chart under valuesOverride.traefik, or take them out',
    },
  ];
}

function placement(context: AddonContext): Problem[] {
  if (groupsWithRole(context, ROLE).length > 0) return [];
  return [
    {
      code: 'NoIngressNodes',
      path: PATH,
      message: `no node group has the role ${ROLE}, so the ingress controller runs on any node`,
      remedy: `add roles: [${ROLE}] to the group that is to take the traffic`,
    },
  ];
}

function exposure(context: AddonContext): Problem[] {
  if (exposeMethod(context.spec) !== 'Proxied') return [];
  const hosts = context.spec.addons.ingressNginx?.hosts ?? [];
  if (hosts.length === 0) {
    return [
      {
        code: 'NothingExposed',
        path: `${PATH}.hosts`,
        message: 'exposeMethod Proxied without hosts publishes nothing',
        remedy: 'name the hosts, or use exposeMethod: LoadBalancer',
      },
    ];
  }
  return hosts.flatMap((host, index) =>
    host.startsWith('*')
      ? [
          {
            code: 'WildcardProxied' as const,
            path: `${PATH}.hosts[${index}]`,
            message: `the shared ingress passes TLS on by exact host name, so ${host} would meet its certificate instead of yours`,
            remedy: 'name each host, or use exposeMethod: LoadBalancer',
          },
        ]
      : [],
  );
}

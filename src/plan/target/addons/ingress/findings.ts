import type { IngressEngine } from '../../../../api/ingress-engines.ts';
import type { Finding } from '../../../finding.ts';
import { groupsWithRole } from '../groups.ts';
import type { AddonContext, Values } from '../types.ts';
import { ROLE } from './engine.ts';
import { translated } from './translate.ts';

const PATH = 'spec.addons.ingressNginx';

/** What is odd about how ingress is asked for. */
export function ingressFindings(context: AddonContext, engine: IngressEngine, given: Values): Finding[] {
  return [...retirement(context, engine), ...overrides(engine, given), ...placement(context), ...exposure(context)];
}

function retirement({ catalog }: AddonContext, engine: IngressEngine): Finding[] {
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

function overrides(engine: IngressEngine, given: Values): Finding[] {
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

function placement(context: AddonContext): Finding[] {
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

function exposure(context: AddonContext): Finding[] {
  const { expose, hosts } = context.request.ingress;
  if (expose !== 'Proxied') return [];
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

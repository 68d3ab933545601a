import { booleanAt, type Json, type JsonObject, objectAt } from '../../../../base/json.ts';
import { INGRESS_NODE_PORTS } from '../../../../base/ports.ts';
import type { AddonContext, Values } from '../types.ts';
import { namesIn, podsOf, type Runner, serviceIn } from './engine.ts';

/** Fields of a Service that the nginx chart lets a tenant set. */
const FIELDS = [
  'externalTrafficPolicy',
  'internalTrafficPolicy',
  'loadBalancerIP',
  'loadBalancerClass',
  'loadBalancerSourceRanges',
  'allocateLoadBalancerNodePorts',
  'externalIPs',
  'sessionAffinity',
  'trafficDistribution',
  'clusterIP',
  'ipFamilies',
  'ipFamilyPolicy',
];

/**
 * Values of the release that holds class and Service while engines come and go. Moving traffic is a change of the
 * Service's selector: its address and ports stay.
 */
export function frontValues(context: AddonContext, serving: Runner, turn: number, given: Values): Values {
  const service = serviceIn(given);
  const { controller, className, controllerClass } = namesIn(given);
  return {
    ingress: {
      enabled: true,
      class: {
        name: className,
        controller: controllerClass,
        default: booleanAt(given, 'controller', 'ingressClassResource', 'default') ?? false,
      },
      service: {
        name: controller,
        annotations: { ...objectAt(service, 'annotations'), 'hikube.cloud/turn': String(turn) },
        labels: objectAt(service, 'labels'),
        spec: { ...shape(context, serving, given), ...fields(service) },
      },
    },
  };
}

function shape(context: AddonContext, serving: Runner, given: Values): JsonObject {
  const service = serviceIn(given);
  const balanced = context.request.ingress.expose === 'LoadBalancer';
  const pods = podsOf(serving, given);
  // A tenant that wants none gets the one that leads to nobody outside: moving traffic is a change of its selector.
  const exposed = service.type || (balanced ? 'LoadBalancer' : 'NodePort');
  const type = service.enabled === false ? 'ClusterIP' : exposed;
  const port = (name: 'http' | 'https', number: number): JsonObject => {
    const given = objectAt(service, 'nodePorts')[name] || (type === 'NodePort' ? INGRESS_NODE_PORTS[name] : undefined);
    // The API server refuses one on a Service that has none.
    const nodePort = type === 'ClusterIP' ? undefined : given;
    return {
      name,
      port: objectAt(service, 'ports')[name] ?? number,
      protocol: 'TCP',
      appProtocol: name,
      targetPort: pods.ports[name],
      ...(nodePort === undefined ? {} : { nodePort }),
    };
  };
  return {
    type,
    selector: pods.selector,
    ports: [port('http', 80), port('https', 443)],
  };
}

/** An empty value is the chart's way to say nothing. */
function fields(service: JsonObject): JsonObject {
  const said = (value: Json | undefined) =>
    value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(FIELDS.flatMap(name => (said(service[name]) ? [[name, service[name]]] : [])));
}

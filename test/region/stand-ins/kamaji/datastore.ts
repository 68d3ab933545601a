import { at, list, str } from '../../json.ts';
import type { Kube, KubeObject } from '../../kube.ts';
import { type EtcdClient, openEtcd } from '../etcd-operator/etcd-client.ts';
import type { PodNetwork } from '../nodes/network/pod-network.ts';

/** PEM contents of a DataStore's TLS configuration. */
export interface DataStoreTls {
  ca: string;
  caKey: string;
  cert: string;
  key: string;
}

/** Reads what a DataStore's TLS configuration refers to; throws in Kamaji's words when it does not hold. */
export async function readTls(kube: Kube, dataStore: KubeObject): Promise<DataStoreTls> {
  const tls = at(dataStore, 'spec', 'tlsConfig');
  if (at(dataStore, 'spec', 'driver') !== 'etcd') {
    throw new Error(`driver ${at(dataStore, 'spec', 'driver')} is not stood in for: only etcd is`);
  }
  return {
    ca: await content(kube, at(tls, 'certificateAuthority', 'certificate'), 'CA certificate'),
    caKey: await content(kube, at(tls, 'certificateAuthority', 'privateKey'), 'CA private key'),
    cert: await content(kube, at(tls, 'clientCertificate', 'certificate'), 'client certificate'),
    key: await content(kube, at(tls, 'clientCertificate', 'privateKey'), 'client private key'),
  };
}

/** Connects to a DataStore's etcd with the DataStore's own client certificate. */
export async function connectDataStore(kube: Kube, network: PodNetwork, dataStore: KubeObject): Promise<EtcdClient> {
  const { ca, cert, key } = await readTls(kube, dataStore);
  return openEtcd({ network, endpoints: endpointsOf(dataStore), tls: { ca, cert, key } });
}

/** `host:port` of each endpoint. */
export function endpointsOf(dataStore: KubeObject): string[] {
  return list(at(dataStore, 'spec', 'endpoints')).flatMap(entry => str(entry) ?? []);
}

/** Names of the Secrets a DataStore refers to, as `namespace/name`. */
export function secretsOf(dataStore: KubeObject): string[] {
  const tls = at(dataStore, 'spec', 'tlsConfig');
  const parts = ['certificateAuthority', 'clientCertificate'].flatMap(part =>
    ['certificate', 'privateKey'].map(field => at(tls, part, field, 'secretReference')),
  );
  return parts.flatMap(ref => (ref === undefined ? [] : [`${at(ref, 'namespace')}/${at(ref, 'name')}`]));
}

async function content(kube: Kube, reference: unknown, what: string): Promise<string> {
  const inline = str(at(reference, 'content'));
  if (inline) return Buffer.from(inline, 'base64').toString();
  const secret = at(reference, 'secretReference');
  const [name, namespace, key] = ['name', 'namespace', 'keyPath'].map(field => str(at(secret, field)) ?? '');
  if (!name)
    throw new Error(`${what} is not valid, the Secret reference is mandatory when bare content is not specified`);
  if (!namespace) throw new Error(`${what} is not valid, the Secret reference namespace is mandatory`);
  const value = (await kube.get('v1/Secret', name, namespace))?.data;
  if (!value) throw new Error(`${what} is not valid, secrets "${name}" not found`);
  const data = value[key ?? ''];
  if (!data) throw new Error(`${what} is not valid, secret ${namespace}/${name} has no key ${key}`);
  return Buffer.from(data, 'base64').toString();
}

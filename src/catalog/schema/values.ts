import { z } from 'zod';
import { isHostName } from '../../api/host-name.ts';
import { parseQuantity } from '../../base/quantity.ts';
import { parseAddress, parseCidr } from '../cidr.ts';

/** CPU, memory or disk: nothing of a catalogue is worth having in size zero. */
export const quantity = z
  .string()
  .refine(text => (parseQuantity(text) ?? 0) > 0, 'is not a quantity above zero such as 500m or 8Gi');

/** CPU and memory. */
export const amount = z.strictObject({ cpu: quantity, memory: quantity });

/** A tag that names one build: a version of three numbers, a date, or the hash of a commit. */
const FIXED_TAG = /\d+\.\d+\.\d+|\d{8}|^[0-9a-f]{7,40}$/;

/** An image that is the same tomorrow. */
export const image = z
  .string()
  .regex(
    /^[^\s:@]+(:\d+)?(\/[^\s:@]+)+(:\w[\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/,
    'is not an image such as registry.example.com/path/name:v1.2.3',
  )
  .refine(
    text => text.includes('@sha256:') || FIXED_TAG.test(tagOf(text)),
    'has no tag that stays as it is: name a whole version such as v1.2.3, or a digest',
  );

/** Name of a namespace or of anything else that becomes one label of a host name. */
export const labelName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'is not a name of lower-case letters, digits and -');

/** Name of an object of Kubernetes. */
export const objectName = z
  .string()
  .max(253)
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    'is not a name of lower-case letters, digits, - and .',
  );

/** A host name or an address. */
export const host = z
  .string()
  .refine(text => isHostName(text) || parseAddress(text) !== undefined, 'is neither a host name nor an address');

/** A range of addresses. */
export const cidr = z
  .string()
  .refine(
    text => parseCidr(text) !== undefined,
    'is not a range of addresses such as 10.243.0.0/16, with zeros behind the prefix',
  );

export const address = z
  .string()
  .refine(text => parseAddress(text) !== undefined, 'is not an address such as 10.95.0.10');

/** An address on the web, without what a server never sees. */
export const httpsUrl = z.string().refine(text => isUrl(text, ['https:']), 'is not an https:// address');

/** Where charts lie. */
export const chartUrl = z
  .string()
  .refine(text => isUrl(text, ['https:', 'oci:']), 'is not an oci:// or https:// address');

/** One version and not a range or a word that moves. */
export const exactVersion = z
  .string()
  .regex(/^v?\d+\.\d+\.\d+([-+][\w.+-]+)?$/, 'is not one version such as 1.19.5: ranges and words like latest move');

function tagOf(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1).split(':')[1] ?? '';
}

function isUrl(text: string, protocols: string[]): boolean {
  if (/\s/.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname, hash, username, password } = new URL(text);
  return protocols.includes(protocol) && hostname !== '' && hash === '' && username === '' && password === '';
}

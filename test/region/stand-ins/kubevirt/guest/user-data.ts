import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { z } from 'zod';

/** What cloud-init does on the first boot of a machine. */
export interface UserData {
  /** Files it writes, by path. */
  files: Record<string, string>;
  /** Shell commands it then runs, in order. */
  commands: string[];
}

/** What the platform tells the machine about itself. */
export interface MetaData {
  local_hostname: string;
  instance_id: string;
}

/** Reads user data the way cloud-init does: Jinja first where the header asks for it, then YAML. */
export function parseUserData(text: string, meta: MetaData): UserData {
  const isTemplate = /^##\s*template:\s*jinja/.test(text);
  const body = isTemplate ? render(text, meta) : text;
  if (!/^#cloud-config\s*$/m.test(body)) throw new Error('cannot read the user data: it is no cloud-config');
  const parsed = cloudConfig.safeParse(parse(body));
  if (!parsed.success) throw new Error(`cannot read the user data: ${z.prettifyError(parsed.error)}`);
  const files: Record<string, string> = {};
  for (const file of parsed.data.write_files) {
    const content = decode(file.content, file.encoding);
    files[file.path] = file.append ? (files[file.path] ?? '') + content : content;
  }
  return { files, commands: parsed.data.runcmd.map(command => [command].flat().join(' ')) };
}

const cloudConfig = z.object({
  write_files: z
    .array(
      z.object({
        path: z.string(),
        content: z.string().default(''),
        encoding: z.string().default('text/plain'),
        append: z.boolean().default(false),
      }),
    )
    .default([]),
  runcmd: z.array(z.union([z.string(), z.array(z.string())])).default([]),
});

/** The expressions bootstrap data uses; an unknown one becomes what cloud-init writes for it. */
function render(text: string, meta: MetaData): string {
  return text.replaceAll(/\{\{\s*([^}]+?)\s*\}\}/g, (_match, expression: string) => {
    const name = expression
      .replace(/^(ds\.meta_data|v1)[.[]/, '')
      .replaceAll(/["'\]]/g, '')
      .trim();
    if (name === 'local_hostname' || name === 'hostname') return meta.local_hostname;
    if (name === 'instance_id') return meta.instance_id;
    return `CI_MISSING_JINJA_VAR/${name}`;
  });
}

function decode(content: string, encoding: string): string {
  const steps = encoding.toLowerCase().split('+').reverse();
  let bytes = Buffer.from(content);
  for (const step of steps) {
    if (step === 'b64' || step === 'base64') bytes = Buffer.from(bytes.toString(), 'base64');
    else if (step === 'gz' || step === 'gzip') bytes = gunzipSync(bytes);
  }
  return bytes.toString();
}

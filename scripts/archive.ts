import { buffer, text } from 'node:stream/consumers';
import { createGunzip, gzipSync } from 'node:zlib';
import { extract, pack } from 'tar-stream';

/** Files by path; paths use forward slashes. */
export type Files = Record<string, string>;

/** Packs files into a .tgz whose bytes depend on paths and contents alone. */
export async function packArchive(files: Files): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    archive.entry({ name, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 }, content);
  }
  archive.finalize();
  return gzipSync(await buffer(archive), { level: 9 });
}

/** The files of a .tgz. */
export async function readArchive(archive: Buffer): Promise<Files> {
  const entries = extract();
  const unzip = createGunzip();
  unzip.pipe(entries);
  unzip.end(archive);
  const files: Files = {};
  for await (const entry of entries) files[entry.header.name] = await text(entry);
  return files;
}

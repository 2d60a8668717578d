// A folder with what an earlier version has stored.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import * as v from 'valibot';
import { fromRoot } from '../../scripts/paths.ts';

const filesSchema = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.string()));

/** @param name of a file in tests/fixtures/, without its endings */
export async function unpackState(name: string, folder: string): Promise<void> {
  const packed = await readFile(fromRoot(`tests/fixtures/${name}.json.br`));
  const json = (await promisify(brotliDecompress)(packed)).toString('utf8');
  for (const [path, content] of Object.entries(v.parse(filesSchema, json))) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, Buffer.from(content, 'base64'));
  }
}

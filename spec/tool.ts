/** This package's name and version, as reports tell them. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { valueAt } from './json-pointer.js';
import { packageRoot } from './package-root.js';

export interface Tool {
  readonly name: string;
  readonly version: string;
}

export function readTool(): Tool {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  return { name: 'cancel-conformance', version: String(valueAt(manifest, '/version')) };
}

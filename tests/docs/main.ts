/** `npm run docs`: writes the pages in docs/requirements. */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, pages } from './pages.js';

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, text] of await pages()) writeFileSync(join(folder, name), text);

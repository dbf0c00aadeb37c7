/** What tests write, they write to temporary folders of their own; all of them go once the last test has ended. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Called by Vitest before its workers start, which inherit the folder; what it returns is called at the end. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'cancel-conformance-tests-'));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

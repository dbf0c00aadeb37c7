/** The flags of the command `run`, as Commander hands them over. */

import type { Depth } from '../fixtures/depth.js';
import type { OutputFlags } from './output.js';

export interface RunFlags extends OutputFlags {
  readonly target?: string;
  readonly depth: Depth;
  readonly seed?: number;
  readonly reportDir: string;
  readonly strict: boolean;
  readonly only: readonly string[];
  readonly runs?: number;
  readonly maxSessions?: number;
  readonly maxDuration?: number;
  readonly timeout: number;
  readonly concurrency: number;
  readonly rate?: number;
  readonly contract?: string;
  readonly replay?: string;
  readonly config?: string;
  readonly printConfig: boolean;
  readonly iOwnThisTarget?: boolean;
  readonly ca?: string;
  readonly insecure?: boolean;
}

/** What the parts of the summary are written with. */

import type picocolors from 'picocolors';

export interface Page {
  /** Characters in a line. */
  readonly width: number;
  readonly ink: ReturnType<typeof picocolors.createColors>;
}

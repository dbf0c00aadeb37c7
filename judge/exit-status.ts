/** The exit statuses that say something else than the verdict does: 0 for conformant, 1 for nonconformant. */

/** It could not be judged. */
export const NOT_JUDGED = 2;

/** As shells have it: 128 and the number of the signal. */
export const INTERRUPTED = { SIGINT: 130, SIGTERM: 143 } as const;

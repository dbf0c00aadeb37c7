/** Why a requirement was not checked, in words that reports know again. */

/** The run did not come to it. */
export const BROKE_OFF = 'The run ended before it.';

/** The user did not ask for it. */
export const LEFT_OUT = 'Left out by --only.';

export const NO_CHECK_MADE = 'No check of it was made in this run.';

/** @param need a requirement that it rests on */
export const takes = (need: string): string => `It takes ${need}, which is broken.`;

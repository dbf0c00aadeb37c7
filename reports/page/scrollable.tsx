/** Text in a box that scrolls, by keyboard too. */

import type { ComponentChildren } from 'preact';

interface ScrollableProps {
  /** For those who do not see the box. */
  readonly label: string;
  readonly children: ComponentChildren;
}

export function Scrollable({ label, children }: ScrollableProps) {
  return (
    <section class="scrollable" tabindex={0} aria-label={label}>
      <pre>{children}</pre>
    </section>
  );
}

/** A process of the kill matrix: tries out what it is sent, several at a time, and sends back what came of it. */

import { type TrialOrder, tryOut } from './trial.js';

process.on('message', (order: TrialOrder) => {
  tryOut(order).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  );
});

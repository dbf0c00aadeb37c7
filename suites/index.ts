/**
 * All suites, in the order in which a run tells them: first what waits for a clock, last what uses up the sessions that
 * the others leave.
 */

import './tokens.js';
import './other-sessions.js';
import './success.js';
import './no-longer-active.js';
import './concurrency.js';
import './session-ids.js';
import './media-types.js';
import './client-id.js';
import './methods.js';
import './lives.js';

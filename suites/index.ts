/**
 * All suites, in the order in which a run tells them: first what waits for a clock, last what uses up the sessions that
 * the others leave.
 */

import './lasting.js';
import './tokens.js';
import './other-sessions.js';
import './methods.js';
import './client-id.js';
import './session-ids.js';
import './media-types.js';
import './success.js';
import './no-longer-active.js';
import './concurrency.js';
import './lives.js';

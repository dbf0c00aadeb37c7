/**
 * All suites, in the order in which a run tells them: first what others need, and what waits for a clock, last what uses up the sessions that
 * the others leave.
 */

import './no-client-id.js';
import './other-sessions.js';
import './lasting.js';
import './expired-tokens.js';
import './success.js';
import './no-longer-active.js';
import './tokens.js';
import './session-ids.js';
import './client-id.js';
import './methods.js';
import './media-types.js';
import './concurrency.js';
import './hosted-page.js';
import './lives.js';

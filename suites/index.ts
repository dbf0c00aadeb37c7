/** All suites, in the order in which a run tells them: what waits for a clock comes first. */

import './tokens.js';
import './success.js';
import './no-longer-active.js';
import './concurrency.js';
import './lives.js';
import './other-sessions.js';
import './session-ids.js';
import './media-types.js';
import './client-id.js';
import './methods.js';

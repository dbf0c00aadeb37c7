/** The catalogue of faults: ways in which the mock breaks one statement of the contract. */

import type { Fault } from '../fault.js';
import { clientFaults } from './clients.js';
import { concurrencyFaults } from './concurrency.js';
import { deliveryFaults } from './delivery.js';
import { encodingFaults } from './encoding.js';
import { hostedPageFaults } from './hosted-page.js';
import { idFaults } from './ids.js';
import { leakFaults } from './leaks.js';
import { methodFaults } from './methods.js';
import { negotiationFaults } from './negotiation.js';
import { problemFaults } from './problems.js';
import { referenceIdFaults } from './reference-id.js';
import { repetitionFaults } from './repetition.js';
import { requestFaults } from './requests.js';
import { scopeFaults } from './scope.js';
import { stateFaults } from './state.js';
import { statusFaults } from './statuses.js';
import { successBodyFaults } from './success-body.js';
import { tokenHeaderFaults } from './token-headers.js';
import { tokenFaults } from './tokens.js';

export const faults: readonly Fault[] = [
  ...successBodyFaults,
  ...referenceIdFaults,
  ...stateFaults,
  ...repetitionFaults,
  ...concurrencyFaults,
  ...scopeFaults,
  ...statusFaults,
  ...deliveryFaults,
  ...encodingFaults,
  ...problemFaults,
  ...leakFaults,
  ...tokenFaults,
  ...tokenHeaderFaults,
  ...clientFaults,
  ...idFaults,
  ...negotiationFaults,
  ...methodFaults,
  ...requestFaults,
  ...hostedPageFaults,
];

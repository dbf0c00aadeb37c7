/** The command `requirements`: lists what is checked, of services and of clients. */

import {
  requirementsAsJson,
  requirementsAsMarkdown,
  requirementsAsText,
} from '../reports/requirements-list.js';
import { loadClientRequirements, loadRequirements } from '../spec/requirements.js';

export interface RequirementsFlags {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

export function listRequirements({ json, markdown }: RequirementsFlags): void {
  const asText = json ? requirementsAsJson : markdown ? requirementsAsMarkdown : requirementsAsText;
  process.stdout.write(asText([...loadRequirements(), ...loadClientRequirements()]));
}

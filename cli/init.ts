/** The command `init`: writes a commented configuration and, where asked for, a workflow for CI. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode, UserError } from '../spec/errors.js';
import { CONFIGURATION_FILE } from './configuration.js';

const CONFIGURATION = `# yaml-language-server: $schema=./node_modules/cancel-conformance/spec/conformance.config.schema.json
# Settings of cancel-conformance. A flag goes before the environment, the environment before this file.
# Secrets stand in the environment or in .env; here stand the names of their variables.

# The target that is judged where neither --target nor CONFORMANCE_TARGET chooses one.
# target: sandbox

# Targets by name: cancel-conformance run --target sandbox. Their hosts may be judged without --i-own-this-target.
targets:
  sandbox:
    url: https://sandbox.example.com
    # The variables that hold the credentials, where they are not CONFORMANCE_USERNAME and so on.
    # credentials:
    #   username: SANDBOX_USERNAME
    #   password: SANDBOX_PASSWORD
    # Certificates of a private CA.
    # ca: certificates/private-ca.pem
    # A certificate of your own, where the target asks for one.
    # clientCertificate:
    #   certificate: certificates/client.pem
    #   key: certificates/client-key.pem
    #   passphrase: SANDBOX_KEY_PASSPHRASE
    # Headers that a gateway asks for, each with the variable that holds its value.
    # headers:
    #   X-Gateway-Key: SANDBOX_GATEWAY_KEY
    # What Initiate is asked with.
    # session:
    #   amount: 1.5
    #   referenceId: qa-{random}
    # Sessions that are Expired, Completed or Failed, made beforehand.
    # sessions: sessions.yaml
    # The hosted page, and what on it is what (selectors of Playwright); false where it is not to be opened.
    # page:
    #   path: /app/
    #   errorState: text=Session expired
    #   flow: form
    #   action: text=Continue

# How much to ask: smoke, standard or deep.
# depth: standard
# Let broken shoulds decide as well.
# strict: false
# Milliseconds for one exchange, requests under way at once, and requests a second, at most.
# timeout: 10000
# concurrency: 16
# rate: 20
# Where verdict.json is written.
# reportDir: conformance-report
# Known deviations, reviewed.
# waivers: waivers.yaml
`;

const WORKFLOW_FILE = '.github/workflows/conformance.yml';

const WORKFLOW = `name: Conformance
on:
  push:
  pull_request:
jobs:
  conformance:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm ci
      - run: npx cancel-conformance run --target sandbox
        env:
          CONFORMANCE_USERNAME: \${{ secrets.CONFORMANCE_USERNAME }}
          CONFORMANCE_PASSWORD: \${{ secrets.CONFORMANCE_PASSWORD }}
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: conformance-report
          path: conformance-report
`;

/**
 * @param ci whether to write the workflow as well
 * @throws UserError where one of the files is there already, or cannot be written
 */
export function init({ ci }: { readonly ci: boolean }): void {
  write(CONFIGURATION_FILE, CONFIGURATION);
  if (ci) write(WORKFLOW_FILE, WORKFLOW);
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST')
      throw new UserError(`${file} is there already.`, 'Remove it first, or edit it by hand.');
    throw new UserError(`${file} cannot be written (${code}).`, 'Check the permissions of the folder.');
  }
  process.stdout.write(`Wrote ${file}.\n`);
}

/** Runs one of these clients, as a client's own tests would: node run.mjs good/axios.mjs */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const { CONFORMANCE_BASE_URL, CONFORMANCE_USERNAME, CONFORMANCE_PASSWORD } = process.env;
const { default: client } = await import(pathToFileURL(resolve(process.argv[2])).href);
await client({
  baseUrl: CONFORMANCE_BASE_URL,
  username: CONFORMANCE_USERNAME,
  password: CONFORMANCE_PASSWORD,
});

/** Has the service send e-mail in its tests. */

import { authorise, cancel, initiate, ORDER } from './api.mjs';

export default async function client(environment) {
  const token = await authorise(environment);
  const options = { notificationPreferences: { language: 'en', sendInteracLink: true } };
  await cancel(environment, token, await initiate(environment, token, { ...ORDER, options }));
}

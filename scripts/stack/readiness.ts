import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';

const ATTEMPT_TIMEOUT_MS = 2_000;

/** One question to a process's `/readyz`; anything but a 200 is a no. */
export function isReady(origin: string): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { timeout: ATTEMPT_TIMEOUT_MS, agent: false };
    const url = new URL('/readyz', origin);
    const request = origin.startsWith('https:')
      ? // Our own certificate, on our own loopback.
        getHttps(url, { ...options, rejectUnauthorized: false })
      : getHttp(url, options);
    request.once('response', (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
    request.once('close', () => resolve(false));
  });
}

import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { closeServer, listen } from './listen.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { answerOperators } from './operations-routes.ts';

const NOT_FOUND: RequestListener = (_request, response) => response.writeHead(404).end();

async function aProcess(
  isReady: () => boolean | Promise<boolean>,
  { metrics = createMetrics('test'), others = NOT_FOUND } = {},
) {
  const warnings: unknown[] = [];
  const log = createLogger({ name: 'test', level: 'silent' });
  log.warn = (details: unknown) => void warnings.push(details);
  const server = createServer(answerOperators({ metrics, isReady, log }, others));
  const { port } = await listen(server, 0, '127.0.0.1');
  onTestFinished(() => closeServer(server));
  const statusOf = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  const bodyOf = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  return { statusOf, bodyOf, warnings };
}

test('answers to operators, and leaves every other path alone', async () => {
  const { statusOf } = await aProcess(() => true);
  const paths = ['/healthz', '/readyz', '/metrics', '/other'];
  expect(await Promise.all(paths.map(statusOf))).toEqual([200, 200, 200, 404]);
});

test('runs but is not ready while it stops', async () => {
  const { statusOf, warnings } = await aProcess(() => false);
  expect([await statusOf('/healthz'), await statusOf('/readyz')]).toEqual([200, 503]);
  expect(warnings).toEqual([]);
});

test('says why it is not ready, once for each time that it is not', async () => {
  const reason = new Error('the database does not answer');
  let isAway = true;
  const { statusOf, warnings } = await aProcess(async () => {
    if (isAway) throw reason;
    return true;
  });
  expect([await statusOf('/readyz'), await statusOf('/readyz')]).toEqual([503, 503]);
  expect(warnings).toEqual([{ err: reason }]);
  isAway = false;
  expect(await statusOf('/readyz')).toBe(200);
  isAway = true;
  expect(await statusOf('/readyz')).toBe(503);
  expect(warnings).toEqual([{ err: reason }, { err: reason }]);
});

test('a failure is answered, and keeps nothing from the next request', async () => {
  const metrics = createMetrics('test');
  metrics.metrics = () => Promise.reject(new Error('a collector failed'));
  const { statusOf } = await aProcess(() => true, { metrics });
  expect([await statusOf('/metrics'), await statusOf('/healthz')]).toEqual([500, 200]);
});

test('whoever answers the other paths may fail, before an answer has begun and after', async () => {
  const { statusOf, bodyOf } = await aProcess(() => true, {
    others: ({ url }, response) => {
      if (url === '/late') response.writeHead(200).write('half');
      throw new Error('a route failed');
    },
  });
  expect(await statusOf('/early')).toBe(500);
  await expect(bodyOf('/late')).rejects.toThrow();
  expect(await statusOf('/healthz')).toBe(200);
});

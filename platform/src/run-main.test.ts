import { expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError, Port } from './config.ts';
import { runMain, runPreparedMain } from './run-main.ts';

const Config = z.object({ API_PORT: Port });

async function run(env: NodeJS.ProcessEnv, start: (config: { API_PORT: number }) => Promise<void>) {
  const refusals: string[] = [];
  await runMain(Config, start, { env, refuse: (sentence) => void refusals.push(sentence) });
  return refusals;
}

test('starts with what the environment says', async () => {
  const started: number[] = [];
  const start = async ({ API_PORT }: { API_PORT: number }) => void started.push(API_PORT);
  expect(await run({ API_PORT: '4000' }, start)).toEqual([]);
  expect(started).toEqual([4000]);
});

test('names what the environment lacks and starts nothing', async () => {
  const [refusal] = await run({}, () => Promise.reject(new Error('started')));
  expect(refusal).toContain('API_PORT');
});

test('says what a process finds wrong with its environment later', async () => {
  const start = () => Promise.reject(new ConfigError('RTC_LISTEN_IP needs another one'));
  expect(await run({ API_PORT: '4000' }, start)).toEqual(['RTC_LISTEN_IP needs another one']);
});

test('any other failure keeps its stack', async () => {
  const failure = new Error('the port is taken');
  await expect(run({ API_PORT: '4000' }, () => Promise.reject(failure))).rejects.toBe(failure);
});

test('starts with what was prepared', async () => {
  const started: string[] = [];
  await runPreparedMain(
    Config,
    async ({ API_PORT }) => `prepared for ${API_PORT}`,
    async (prepared) => void started.push(prepared),
    { env: { API_PORT: '4000' } },
  );
  expect(started).toEqual(['prepared for 4000']);
});

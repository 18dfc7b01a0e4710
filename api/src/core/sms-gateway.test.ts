import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFetchOutbound } from '@careconnect/platform';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startFakeSmsGateway } from '../testing/fake-sms-gateway.ts';
import { openSmsGateway } from './sms-gateway.ts';

const SMS = { to: '+923001234567', text: 'کوڈ 123456 & more', validForSeconds: 600 };

async function fake() {
  const started = await startFakeSmsGateway();
  onTestFinished(() => started.close());
  return started;
}

describe('a gateway over HTTP', () => {
  test('is handed the message as it is', async () => {
    const { gateway, taken } = await fake();
    await gateway.send(SMS);
    expect(taken).toEqual([{ ...SMS, from: 'CareConnect' }]);
  });

  test('that is too busy is asked again, and takes the message once', async () => {
    const sms = await fake();
    sms.refuseNext(429, 503);
    await sms.gateway.send(SMS);
    expect([sms.taken.length, sms.asked()]).toEqual([1, 3]);
  });

  test.each([[[400]], [[500]], [[429, 429, 429]]])('that answers %j is given up', async (statuses) => {
    const sms = await fake();
    sms.refuseNext(...statuses);
    const failure: unknown = await sms.gateway.send(SMS).catch((error: unknown) => error);
    // The gateway repeats the number, and a log must not.
    expect(String(failure)).toBe(`Error: the SMS gateway answered ${statuses[0]}, with its code 20429`);
    expect([sms.taken.length, sms.asked()]).toEqual([0, statuses.length]);
  });
});

describe('settings', () => {
  const open = (settings: Partial<Parameters<typeof openSmsGateway>[0]>) =>
    openSmsGateway({ SMS_COUNTRIES: [], ...settings }, createFetchOutbound());
  const WHOLE = { SMS_URL: 'https://sms.example', SMS_ACCOUNT: 'AC1', SMS_TOKEN: 't', SMS_FROM: 'Clinic' };

  test('without a gateway and a folder there is none', () =>
    expect(open({ SMS_COUNTRIES: ['PK'] })).toBeNull());

  test('a gateway needs all of itself, and somewhere to send to', () => {
    expect(open({ ...WHOLE, SMS_COUNTRIES: ['PK', 'GB'] })?.countries).toEqual(['PK', 'GB']);
    expect(() => open(WHOLE)).toThrow('SMS_COUNTRIES');
    for (const name of ['SMS_ACCOUNT', 'SMS_TOKEN', 'SMS_FROM'] as const) {
      const half = { ...WHOLE, SMS_COUNTRIES: ['PK'], [name]: undefined };
      expect(() => open(half)).toThrow('SMS_URL needs');
    }
  });

  test('a folder keeps messages whole', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'careconnect-sms-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await open({ SMS_DIR: folder, SMS_COUNTRIES: ['PK'] })?.send(SMS);
    const [file = ''] = await readdir(folder);
    expect(await readFile(join(folder, file), 'utf8')).toBe(`To: ${SMS.to}\n\n${SMS.text}\n`);
  });
});

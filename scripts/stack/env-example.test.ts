import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readConfig, SECRET_SETTINGS } from '@careconnect/platform';
import { expect, test } from 'vitest';
import { ApiConfig } from '../../api/src/config.ts';
import { findRtcAddressProblem, SfuConfig } from '../../sfu/src/config.ts';
import { SignalingConfig } from '../../signaling/src/config.ts';
import { WebConfig } from '../../web/server/config.ts';
import { ROOT } from '../lib/places.mjs';

const CONFIGS = { api: ApiConfig, signaling: SignalingConfig, sfu: SfuConfig, web: WebConfig };
const SECRET = 'a secret for tests that is long enough';
const SECRETS = {
  SERVICE_SECRET: SECRET,
  ACCESS_TOKEN_SECRET: SECRET,
  JOIN_TICKET_SECRET: SECRET,
  FIELD_ENCRYPTION_KEY: SECRET,
  AUDIT_SIGNING_KEY: Buffer.alloc(32, 1).toString('base64url'),
};

const example = parseEnv(readFileSync(join(ROOT, '.env.example'), 'utf8'));

test('the example names every setting of every process, and no other', () => {
  const settings = Object.values(CONFIGS).flatMap(({ shape }) => Object.keys(shape));
  expect(Object.keys(example).toSorted()).toEqual([...new Set(settings)].toSorted());
});

test.each(Object.entries(CONFIGS))('with secrets, the example starts %s', (_name, config) => {
  expect(() => readConfig(config, { ...example, ...SECRETS })).not.toThrow();
});

test('with the example, the media server has an address that browsers can reach', () => {
  expect(findRtcAddressProblem(readConfig(SfuConfig, { ...example, ...SECRETS }))).toBeNull();
});

test('the processes of the example find each other, as they do without it', () => {
  const { SIGNALING_PORT } = readConfig(SignalingConfig, { ...example, ...SECRETS });
  const { API_PORT, SIGNALING_URL } = readConfig(ApiConfig, { ...example, ...SECRETS });
  const { PORT, PUBLIC_ORIGIN, ...door } = readConfig(WebConfig, {});
  expect(SIGNALING_URL).toBe(`http://127.0.0.1:${SIGNALING_PORT}`);
  expect(door).toMatchObject({ SIGNALING_URL: [SIGNALING_URL], API_URL: `http://127.0.0.1:${API_PORT}` });
  expect(example).toMatchObject({ PORT: String(PORT) });
  expect(PUBLIC_ORIGIN).toBe(`http://localhost:${PORT}`);
});

test.each(Object.entries(CONFIGS))(
  '%s says what is wrong with its settings, and none of their values',
  (_name, config) => {
    const names = Object.keys(config.shape);
    const wrong = Object.fromEntries(names.map((name) => [name, ` not:right/${name.toLowerCase()}@marker`]));
    let message = '';
    try {
      readConfig(config, wrong);
    } catch (error) {
      message = String(error);
    }
    expect(message).toMatch(/The environment is not complete/);
    expect(message).not.toContain('marker');
  },
);

test('every secret of the example may be in a file', () => {
  const settings = Object.values(CONFIGS).flatMap(({ shape }) => Object.keys(shape));
  const secret = settings.filter((name) =>
    /SECRET$|^(FIELD_ENCRYPTION_KEY|SMS_TOKEN)$|^(DATABASE|REDIS|SMTP)_URL$/.test(name),
  );
  expect([...new Set(secret)].toSorted()).toEqual([...SECRET_SETTINGS].toSorted());
});

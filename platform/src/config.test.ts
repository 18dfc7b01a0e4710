import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { ConfigError, Flag, Port, readConfig, Secret } from './config.ts';

const GOOD = randomBytes(32).toString('base64url');

const schema = z.object({
  API_PORT: Port.default(4000),
  SERVICE_SECRET: Secret,
  COOKIE_SECURE: Flag.default(false),
});

describe('readConfig', () => {
  it('takes defaults for what is absent or empty', () => {
    expect(readConfig(schema, { SERVICE_SECRET: GOOD, API_PORT: '' })).toEqual({
      API_PORT: 4000,
      SERVICE_SECRET: GOOD,
      COOKIE_SECURE: false,
    });
  });

  it('names every variable that is wrong, and none of their values', () => {
    const read = () => readConfig(schema, { SERVICE_SECRET: 'short-secret', API_PORT: '70000' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/API_PORT[\s\S]*SERVICE_SECRET|SERVICE_SECRET[\s\S]*API_PORT/);
    expect(read).not.toThrow(/short-secret/);
  });
});

describe('a secret', () => {
  it('may be in a file, whose last line break is no part of it', () => {
    const SERVICE_SECRET_FILE = fileWith(`${GOOD}\n`);
    expect(readConfig(schema, { SERVICE_SECRET_FILE }).SERVICE_SECRET).toBe(GOOD);
  });

  it.each([
    ['both', () => ({ SERVICE_SECRET: GOOD, SERVICE_SECRET_FILE: fileWith(GOOD) }), /only one of them/],
    [
      'a file that is not there',
      () => ({ SERVICE_SECRET_FILE: '/nowhere/secret' }),
      /_FILE: the file cannot be read/,
    ],
    ['an empty file', () => ({ SERVICE_SECRET_FILE: fileWith('\n') }), /_FILE: the file is empty/],
    ['one that is too short, in a file', () => ({ SERVICE_SECRET_FILE: fileWith('short') }), /at least 32/],
  ])('is refused when it is %s', (_what, env, message) => {
    expect(() => readConfig(schema, env())).toThrow(message);
  });

  it('is refused when anybody could guess it', () => {
    for (const SERVICE_SECRET of ['x'.repeat(40), '0123'.repeat(10), 'abcabcabc'.repeat(5)])
      expect(() => readConfig(schema, { SERVICE_SECRET })).toThrow(/SERVICE_SECRET: is too easy to guess/);
  });

  it('is refused in production when it reads like an example', () => {
    const SERVICE_SECRET = 'change-me-to-something-that-is-long-enough';
    expect(() => readConfig(schema, { SERVICE_SECRET, NODE_ENV: 'production' })).toThrow(/from an example/);
    expect(readConfig(schema, { SERVICE_SECRET }).SERVICE_SECRET).toBe(SERVICE_SECRET);
    const addressed = z.object({ DATABASE_URL: z.url() });
    const DATABASE_URL = 'postgresql://careconnect:secret@127.0.0.1:5432/careconnect';
    expect(() => readConfig(addressed, { DATABASE_URL, NODE_ENV: 'production' })).toThrow(/DATABASE_URL/);
    const random = `postgresql://careconnect:${randomBytes(16).toString('hex')}@127.0.0.1/careconnect`;
    expect(readConfig(addressed, { DATABASE_URL: random, NODE_ENV: 'production' }).DATABASE_URL).toBe(random);
  });

  it('of another process is not looked at', () => {
    expect(() =>
      readConfig(schema, { SERVICE_SECRET: GOOD, TURN_SECRET: 'x', TURN_SECRET_FILE: '/no' }),
    ).not.toThrow();
  });
});

function fileWith(content: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'careconnect-secret-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'secret');
  writeFileSync(file, content);
  return file;
}

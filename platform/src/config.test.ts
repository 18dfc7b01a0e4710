import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, Flag, Port, readConfig, Secret } from './config.ts';

const schema = z.object({
  API_PORT: Port.default(4000),
  SERVICE_SECRET: Secret,
  COOKIE_SECURE: Flag.default(false),
});

describe('readConfig', () => {
  it('takes defaults for what is absent or empty', () => {
    expect(readConfig(schema, { SERVICE_SECRET: 's'.repeat(32), API_PORT: '' })).toEqual({
      API_PORT: 4000,
      SERVICE_SECRET: 's'.repeat(32),
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

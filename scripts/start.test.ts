import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

function start(args: string[], env: Record<string, string> = {}) {
  const script = join(import.meta.dirname, 'start.mjs');
  return spawnSync(process.execPath, [script, ...args], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
}

test.each([{ npm_config_long: 'true', npm_config_all: 'true' }, { npm_config_demo: '' }])(
  'an option that npm has kept for itself is not passed over: %o',
  (env) => {
    const { status, stdout, stderr } = start([], env);
    expect(status).toBe(1);
    expect(stderr).toContain('npm start -- --lan');
    expect(stdout, 'nothing was begun').toBe('');
  },
);

test('an option that does not exist is refused before anything is prepared', () => {
  const { status, stdout, stderr } = start(['--prot', '1']);
  expect(status).toBe(1);
  expect(stderr).toContain('--prot');
  expect(stdout).toBe('');
});

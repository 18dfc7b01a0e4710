import { expect, test } from 'vitest';
import { isInstalled } from './installed.mjs';

const WANTED = {
  packages: {
    '': {},
    api: { version: '0.1.0' },
    'node_modules/@careconnect/api': { link: true },
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/only-for-macos': { version: '1.0.0', optional: true },
  },
};

function present(packages: Record<string, { version?: string; link?: boolean }>) {
  return {
    packages: {
      'node_modules/@careconnect/api': { link: true },
      'node_modules/zod': { version: '4.6.7' },
      ...packages,
    },
  };
}

test('what the lock asks for is there; optional packages may be missing', () => {
  expect(isInstalled(WANTED, present({}))).toBe(true);
});

test('another version, or nothing, is not installed', () => {
  expect(isInstalled(WANTED, present({ 'node_modules/zod': { version: '4.6.6' } }))).toBe(false);
  expect(isInstalled(WANTED, { packages: {} })).toBe(false);
  expect(isInstalled(WANTED, present({ 'node_modules/only-for-macos': { version: '0.9.0' } }))).toBe(false);
});

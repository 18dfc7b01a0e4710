import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { findBarriers } from './inspect.ts';
import { findTooSmall } from './sizes.ts';

/** Nothing on the page keeps anybody out, nor is too small to be pressed. */
export async function expectUsable(page: Page): Promise<void> {
  expect([...(await findBarriers(page)), ...(await findTooSmall(page))]).toEqual([]);
}

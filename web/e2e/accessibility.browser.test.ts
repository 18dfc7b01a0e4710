import { describe, expect, inject, test } from 'vitest';
import { inspectPages } from './accessibility/inspect.ts';
import { PLACES, SETTINGS, type Viewer } from './accessibility/pages.ts';

describe.concurrent.each(SETTINGS)('on a $name, everyone can use every page', (setting) => {
  test.each(Object.keys(PLACES) as Viewer[])('of the %s', async (viewer) => {
    const { cases, findings } = await inspectPages(inject('origin'), [setting], [viewer]);
    expect(findings).toEqual([]);
    expect(cases).toBe(PLACES[viewer].length);
  });
});

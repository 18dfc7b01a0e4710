import { describe, expect, inject, test } from 'vitest';
import { inspectPages } from './accessibility/inspect.ts';
import { PAGES, SETTINGS, type Viewer } from './accessibility/pages.ts';

describe.each(SETTINGS)('on a $name, everyone can use every page', (setting) => {
  test.each(Object.keys(PAGES) as Viewer[])('of the %s', async (viewer) => {
    const { cases, findings } = await inspectPages(inject('origin'), [setting], [viewer]);
    expect(findings).toEqual([]);
    expect(cases).toBe(PAGES[viewer].length);
  });
});

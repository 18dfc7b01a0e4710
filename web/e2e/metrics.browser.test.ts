import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { z } from 'zod';

const DEPLOY = join(import.meta.dirname, '..', '..', 'deploy');

const Dashboard = z.object({
  panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })).default([]) })),
});

/** Every metric that the running processes have, histograms under the names that queries use. */
async function metricsThere(): Promise<Set<string>> {
  const texts = await Promise.all(
    inject('processUrls').map(async (url) => (await fetch(`${url}/metrics`)).text()),
  );
  const types = texts.flatMap((text) => [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)]);
  const names = types.flatMap(([, name = '', type]) =>
    type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name],
  );
  return new Set(names);
}

/** A histogram's own, whichever of its series is meant. */
function plainName(metric: string): string {
  return metric.replace(/_(bucket|sum|count)$/, '');
}

/** Ours, and those that Node's own collector brings. */
function metricsIn(expression: string): string[] {
  return expression.match(/\b(?:careconnect|nodejs|process)_\w+/g) ?? [];
}

async function readDashboard(): Promise<string[]> {
  const text = await readFile(join(DEPLOY, 'grafana', 'dashboard.json'), 'utf8');
  const { panels } = Dashboard.parse(JSON.parse(text));
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
}

test('what the dashboard asks for is there', async () => {
  const asked = await readDashboard();
  expect(asked.length).toBeGreaterThan(20);
  for (const expression of asked) expect(metricsIn(expression), expression).not.toEqual([]);
  const there = await metricsThere();
  expect(asked.flatMap(metricsIn).filter((name) => !there.has(name))).toEqual([]);
});

test('whatever we measure ourselves is on the dashboard', async () => {
  const asked = new Set((await readDashboard()).flatMap(metricsIn).map(plainName));
  const ours = [...(await metricsThere())].filter((name) => name.startsWith('careconnect_')).map(plainName);
  expect(ours.length).toBeGreaterThan(10);
  expect(ours.filter((name) => !asked.has(name))).toEqual([]);
});

test('what the alerts watch is there', async () => {
  const text = await readFile(join(DEPLOY, 'prometheus', 'alerts.yml'), 'utf8');
  const expressions = [...text.matchAll(/^ +expr: (.+)$/gm)].map(([, expression = '']) => expression);
  expect(expressions).toHaveLength([...text.matchAll(/- alert:/g)].length);
  const there = await metricsThere();
  expect(expressions.flatMap(metricsIn).filter((name) => !there.has(name))).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEFAULT_ALERT_RULES } from './alert-rules.ts';

const ALERTS = readFileSync(new URL('../../../deploy/prometheus/alerts.yml', import.meta.url), 'utf8');

/** The limit of a rule of Prometheus, and how long it must be passed. */
function ruleOf(alert: string): { limit: number; seconds: number } {
  const [, rule = ''] = ALERTS.split(`- alert: ${alert}\n`);
  const [own = ''] = rule.split('- alert:');
  const limit = /expr: .* > ([\d.]+)$/m.exec(own)?.[1];
  const [, count = 0, unit] = /for: (\d+)([sm])$/m.exec(own) ?? [];
  return { limit: Number(limit), seconds: Number(count) * (unit === 'm' ? 60 : 1) };
}

test('Prometheus alerts from the same limits as the page of administrators', () => {
  const { workerCpuShare, workerBusyMs, factsLateMs } = DEFAULT_ALERT_RULES;
  expect(ruleOf('WorkerBusy')).toEqual({ limit: workerCpuShare, seconds: workerBusyMs / 1_000 });
  expect(ruleOf('FactsLate')).toEqual({ limit: factsLateMs / 1_000, seconds: 0 });
});

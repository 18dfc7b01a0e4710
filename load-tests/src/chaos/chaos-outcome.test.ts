import { describe, expect, test } from 'vitest';
import { toOutcome } from './chaos-outcome.ts';
import { FAULTS } from './faults.ts';
import type { Aftermath } from './strike.ts';

const outage = FAULTS.find(({ name }) => name === 'outage')!;
const well: Aftermath = { pictureMs: 400, gapMs: 5_400, controlMs: 900, isLost: false };
const allThere = { messagesLost: 0, messagesDoubled: 0 };

function outcomeOf(aftermaths: readonly Aftermath[], messages = allThere) {
  return toOutcome({ aftermaths: new Map([[outage, aftermaths]]), messages });
}

describe('a run of faults', () => {
  test('is fine when all of it was within the goals', () => {
    expect(outcomeOf([well, well])).toMatchObject({
      ours: 400,
      ok: true,
      figures: {
        visitsLost: 0,
        struck: 2,
        faults: { outage: { pictureMs: { p95: 400, goal: 1_000, ok: true } } },
      },
    });
  });

  test.each([
    ['a picture was too late', { ...well, pictureMs: 9_000 }],
    ['a picture never came', { ...well, pictureMs: null }],
    ['a visit was lost', { ...well, isLost: true }],
  ] satisfies [string, Aftermath][])('is not fine when %s', (_what, badly) => {
    expect(outcomeOf([well, badly]).ok).toBe(false);
  });

  test('has no figure for what once never came back', () => {
    expect(outcomeOf([well, { ...well, pictureMs: null }]).ours).toBeNull();
  });

  test.each([
    ['lost', { messagesLost: 1, messagesDoubled: 0 }],
    ['doubled', { messagesLost: 0, messagesDoubled: 1 }],
  ])('is not fine when a message was %s', (_what, messages) => {
    expect(outcomeOf([well], messages).ok).toBe(false);
  });
});

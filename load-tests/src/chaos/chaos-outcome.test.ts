import { describe, expect, test } from 'vitest';
import { toOutcome } from './chaos-outcome.ts';
import { FAULTS } from './faults.ts';
import type { Aftermath } from './strike.ts';

const outage = FAULTS.find(({ name }) => name === 'outage')!;
const well: Aftermath = { pictureMs: 400, gapMs: 5_400, controlMs: 900, soundWaitMs: 60, isLost: false };
const pictures = { isVp9: false, isPatientSeen: true };
const allThere = { messagesLost: 0, messagesDoubled: 0 };

function outcomeOf(aftermaths: readonly Aftermath[], messages = allThere) {
  return toOutcome({ pictures, ours: new Map([[outage, aftermaths]]), messages, baseline: null });
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

  test.each([
    [0.8, true],
    [0.7, false],
  ])('in which speech scored %d is fine: %s', (stoi, isFine) => {
    const loss = FAULTS.find(({ name }) => name === 'loss')!;
    const heard: Aftermath = { ...well, sound: { concealedShare: 0.1, stoi, stoiBefore: 0.95 } };
    const { ok } = toOutcome({
      pictures,
      ours: new Map([[loss, [heard]]]),
      messages: allThere,
      baseline: null,
    });
    expect(ok).toBe(isFine);
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

describe('the baseline', () => {
  const sfu = FAULTS.find(({ name }) => name === 'sfu')!;
  const api = FAULTS.find(({ name }) => name === 'api')!;
  const lost: Aftermath = { pictureMs: null, gapMs: null, soundWaitMs: null, isLost: true };
  const theirs: Aftermath = { pictureMs: 800, gapMs: 5_800, soundWaitMs: 40, isLost: false };

  test('stands beside ours, fault by fault, and has nothing where it cannot be hit', () => {
    const outcome = toOutcome({
      pictures,
      ours: new Map([outage, sfu, api].map((fault) => [fault, [well]])),
      messages: allThere,
      baseline: new Map([
        [outage, [theirs, theirs]],
        [sfu, [lost, lost]],
      ]),
    });
    expect(outcome).toMatchObject({
      ours: 400,
      baseline: 800,
      ratio: 0.5,
      figures: {
        baselineStruck: 4,
        baselineVisitsLost: 2,
        visitsLost: 0,
        faults: {
          outage: {
            soundWaitMs: { p95: 60 },
            baseline: {
              pictureMs: { p50: 800, p95: 800 },
              soundWaitMs: { p95: 40 },
              struck: 2,
              visitsLost: 0,
            },
          },
          sfu: { baseline: { pictureMs: null, gapMs: null, struck: 2, visitsLost: 2 } },
          api: { baseline: null },
        },
      },
    });
  });

  test('has neither figure nor ratio when one of its visits was lost in an outage', () => {
    const baseline = new Map([[outage, [theirs, lost]]]);
    const outcome = toOutcome({ pictures, ours: new Map([[outage, [well]]]), messages: allThere, baseline });
    expect(outcome).toMatchObject({ ours: 400, baseline: null, ratio: null, ok: outcomeOf([well]).ok });
  });

  test('is silent about sound where nothing was listened to, and tells how it was heard where it was', () => {
    const loud: Aftermath = { ...theirs, sound: { concealedShare: 0.25, stoi: 0.8, stoiBefore: 0.95 } };
    const baseline = new Map([[outage, [loud]]]);
    const { figures } = toOutcome({
      pictures,
      ours: new Map([[outage, [well]]]),
      messages: allThere,
      baseline,
    });
    expect(figures['faults']).toMatchObject({
      outage: { baseline: { concealedShare: { p95: 0.25 }, stoi: { p05: 0.8 }, stoiBefore: { p05: 0.95 } } },
    });
    expect(figures['faults']).not.toHaveProperty('outage.concealedShare');
  });
});

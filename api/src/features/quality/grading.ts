import {
  QualityProblem,
  type DirectionGrade,
  type QualityGrade,
  type QualityReason,
} from '@careconnect/contracts';
import type { JudgedPeriod } from './judged-period.ts';

/** As much of a period as a grade needs, whichever direction it is of. */
export type Judged = Pick<JudgedPeriod, 'sample' | 'hasSound' | 'problems'>;

/** ITU-T P.910: what people are shown to judge lasts about ten seconds; of less nobody has an opinion. */
const ENOUGH_MS = 10_000;

const SOUND_PROBLEMS: ReadonlySet<QualityProblem> = new Set(['no-sound', 'audio-concealed', 'delay']);

/** From the worst. */
const BY_RANK: readonly QualityGrade[] = ['inadequate', 'audio-only', 'exam-grade'];

/** What was so for most of the time decides; the reasons tell what was so for less of it, too. */
export function gradeAll(periods: readonly Judged[]): DirectionGrade {
  return { grade: gradeOf(periods), reasons: reasonsOf(periods) };
}

function gradeOf(periods: readonly Judged[]): QualityGrade {
  const heard = periods.filter(({ hasSound }) => hasSound);
  if (timeOf(heard) < ENOUGH_MS) return 'unknown';
  if (isMost(heard.filter(hasPoorSound), heard)) return 'inadequate';
  return isMost(periods.filter(hasPoorPicture), periods) ? 'audio-only' : 'exam-grade';
}

export function hasPoorSound({ problems }: Judged): boolean {
  return problems.some((problem) => SOUND_PROBLEMS.has(problem));
}

function hasPoorPicture({ problems }: Judged): boolean {
  return problems.some((problem) => !SOUND_PROBLEMS.has(problem));
}

function isMost(part: readonly Judged[], whole: readonly Judged[]): boolean {
  return 2 * timeOf(part) > timeOf(whole);
}

export function timeOf(periods: readonly Judged[]): number {
  return periods.reduce((sum, { sample }) => sum + sample.measures.durationMs, 0);
}

/** The longest-lasting first. */
export function reasonsOf(periods: readonly Judged[]): QualityReason[] {
  const heard = periods.filter(({ hasSound }) => hasSound);
  const reasons = QualityProblem.options.map((problem) => {
    const told = SOUND_PROBLEMS.has(problem) ? heard : periods;
    const held = told.filter(({ problems }) => problems.includes(problem));
    return { problem, share: told.length > 0 ? timeOf(held) / timeOf(told) : 0 };
  });
  return inOrder(reasons);
}

/** Of several people the one who fared worst counts. */
export function worstOf(all: readonly DirectionGrade[]): DirectionGrade {
  return {
    grade: BY_RANK.find((grade) => all.some((one) => one.grade === grade)) ?? 'unknown',
    reasons: worstReasons(all.flatMap(({ reasons }) => reasons)),
  };
}

function worstReasons(reasons: readonly QualityReason[]): QualityReason[] {
  const byProblem = Map.groupBy(reasons, ({ problem }) => problem);
  return inOrder(
    [...byProblem].map(([problem, all]) => ({ problem, share: Math.max(...all.map(({ share }) => share)) })),
  );
}

function inOrder(reasons: readonly QualityReason[]): QualityReason[] {
  return reasons.filter(({ share }) => share > 0).sort((one, other) => other.share - one.share);
}

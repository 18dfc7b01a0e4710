import {
  QualityProblem,
  type ParticipantQuality,
  type QualityGrade,
  type QualityPoint,
  type QualityReason,
  type SeatId,
  type VisitQuality,
} from '@careconnect/contracts';
import { judge, type JudgedPeriod } from './judged-period.ts';
import type { MeasuredSeat, StoredSample } from './quality-sample.ts';
import { thin } from './thin.ts';

/** ITU-T P.910: what people are shown to judge lasts about ten seconds; of less nobody has an opinion. */
const ENOUGH_MS = 10_000;
/** Round trips of this long a time are of the same moment. */
const MOMENT_MS = 10_000;

const SOUND_PROBLEMS: ReadonlySet<QualityProblem> = new Set(['no-sound', 'audio-concealed', 'delay']);

/** From the worst. */
const BY_RANK: readonly QualityGrade[] = ['inadequate', 'audio-only', 'exam-grade'];

/**
 * Grades a visit from all its samples. What was so for most of the time decides; the reasons tell what was so for
 * less of it, too. Of several people the one who fared worst counts.
 */
export function gradeVisit(seats: readonly MeasuredSeat[], samples: readonly StoredSample[]): VisitQuality {
  const roundTrips = createRoundTrips(samples);
  const bySeat = Map.groupBy(samples, ({ seatId }) => seatId);
  const participants = seats.flatMap((seat) => {
    const own = bySeat.get(seat.seatId)?.toSorted((one, other) => one.at.getTime() - other.at.getTime());
    return own
      ? [
          gradeParticipant(
            seat,
            own.map((sample) => judge(sample, roundTrips(sample))),
          ),
        ]
      : [];
  });
  return {
    grade: worstGrade(participants.map(({ grade }) => grade)),
    reasons: worstReasons(participants.flatMap(({ reasons }) => reasons)),
    participants,
  };
}

function gradeParticipant(seat: MeasuredSeat, periods: readonly JudgedPeriod[]): ParticipantQuality {
  const inCompany = periods.filter(({ isInCompany }) => isInCompany);
  return {
    ...seat,
    grade: gradeOf(inCompany),
    reasons: reasonsOf(inCompany),
    measuredSeconds: Math.round(timeOf(inCompany) / 1_000),
    timeline: thin(periods).map(toPoint),
  };
}

function gradeOf(periods: readonly JudgedPeriod[]): QualityGrade {
  const heard = periods.filter(({ hasSound }) => hasSound);
  if (timeOf(heard) < ENOUGH_MS) return 'unknown';
  if (isMost(heard.filter(hasPoorSound), heard)) return 'inadequate';
  return isMost(periods.filter(hasPoorPicture), periods) ? 'audio-only' : 'exam-grade';
}

function hasPoorSound({ problems }: JudgedPeriod): boolean {
  return problems.some((problem) => SOUND_PROBLEMS.has(problem));
}

function hasPoorPicture({ problems }: JudgedPeriod): boolean {
  return problems.some((problem) => !SOUND_PROBLEMS.has(problem));
}

function isMost(part: readonly JudgedPeriod[], whole: readonly JudgedPeriod[]): boolean {
  return 2 * timeOf(part) > timeOf(whole);
}

function timeOf(periods: readonly JudgedPeriod[]): number {
  return periods.reduce((sum, { sample }) => sum + sample.measures.durationMs, 0);
}

/** The longest-lasting first. */
function reasonsOf(periods: readonly JudgedPeriod[]): QualityReason[] {
  const heard = periods.filter(({ hasSound }) => hasSound);
  const reasons = QualityProblem.options.map((problem) => {
    const told = SOUND_PROBLEMS.has(problem) ? heard : periods;
    const held = told.filter(({ problems }) => problems.includes(problem));
    return { problem, share: told.length > 0 ? timeOf(held) / timeOf(told) : 0 };
  });
  return inOrder(reasons);
}

function worstGrade(grades: readonly QualityGrade[]): QualityGrade {
  return BY_RANK.find((grade) => grades.includes(grade)) ?? 'unknown';
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

/** Answers with the longest round trip of anybody else at the moment of a sample. */
function createRoundTrips(samples: readonly StoredSample[]): (sample: StoredSample) => number | null {
  const moments = new Map<number, Map<SeatId, number>>();
  const momentOf = ({ at }: StoredSample): number => Math.floor(at.getTime() / MOMENT_MS);
  for (const sample of samples) {
    const { seatId, measures } = sample;
    if (measures.roundTripTime === null) continue;
    const moment = moments.get(momentOf(sample)) ?? new Map<SeatId, number>();
    moment.set(seatId, Math.max(moment.get(seatId) ?? 0, measures.roundTripTime));
    moments.set(momentOf(sample), moment);
  }
  return (sample) => {
    const others = [...(moments.get(momentOf(sample)) ?? [])].filter(([seatId]) => seatId !== sample.seatId);
    return others.length > 0 ? Math.max(...others.map(([, time]) => time)) : null;
  };
}

function toPoint({ sample, soundMos, pictureMos, delay, problems }: JudgedPeriod): QualityPoint {
  const { durationMs, inbound } = sample.measures;
  return {
    at: sample.at.toISOString(),
    durationMs,
    soundMos: rounded(soundMos),
    pictureMos: rounded(pictureMos),
    delay: delay === null ? null : Math.round(delay),
    concealedShare: inbound.audio?.concealedShare ?? null,
    frameWidth: inbound.video?.frameWidth ?? null,
    frameHeight: inbound.video?.frameHeight ?? null,
    framesPerSecond: inbound.video?.framesPerSecond ?? null,
    totalFreezesDuration: inbound.video?.totalFreezesDuration ?? null,
    problems: [...problems],
  };
}

function rounded(opinion: number | null): number | null {
  return opinion === null ? null : Math.round(opinion * 100) / 100;
}

import {
  CSV_START,
  csvLine,
  type DirectionGrade,
  type GradedVisit,
  type QualityGrade,
  type QualityProblem,
  type SeatRole,
} from '@careconnect/contracts';

/** For a board or an auditor, so in words and not in codes; the same that the pages have. */
const GRADES: Readonly<Record<QualityGrade, string>> = {
  'exam-grade': 'Clear enough to examine',
  'audio-only': 'Good enough to talk',
  inadequate: 'Too poor',
  unknown: 'Too little was measured',
};
const PROBLEMS: Readonly<Record<QualityProblem, string>> = {
  'no-sound': 'no sound came',
  'audio-concealed': 'pieces of the sound were missing',
  delay: 'the sound came late',
  'no-picture': 'there was no picture',
  'video-too-coarse': 'the picture was too coarse',
  'video-too-slow': 'the picture moved in jerks',
  freezes: 'the picture stood still now and then',
};
const ROLES: Readonly<Record<SeatRole, string>> = { host: 'Doctor', patient: 'Patient', guest: 'Guest' };

const HEADER = [
  'Visit',
  'Patient',
  'Doctor',
  'Started (UTC)',
  'Ended (UTC)',
  'The visit as a whole',
  'Person',
  'Their part',
  'Minutes measured',
  'What they heard and saw',
  'Trouble in what they heard and saw, longest first',
  'What they sent',
  'Trouble in what they sent, longest first',
];

type Batch = { readonly visits: readonly GradedVisit[] };

/** @param beforeEach - awaited before anything of a batch goes out */
export async function* qualityTable<B extends Batch>(
  batches: AsyncIterable<B>,
  beforeEach: (batch: B) => Promise<void>,
): AsyncGenerator<string> {
  let start = CSV_START + csvLine(HEADER);
  for await (const batch of batches) {
    await beforeEach(batch);
    yield start + batch.visits.flatMap(linesOf).map(csvLine).join('');
    start = '';
  }
}

function linesOf(visit: GradedVisit): string[][] {
  const { visitId, patient, practitioner, startedAt, endedAt, grade, participants } = visit;
  const whole = [visitId, patient.name, practitioner.name, startedAt ?? '', endedAt ?? '', GRADES[grade]];
  if (participants.length === 0) return [[...whole, '', '', '0', '', '', '', '']];
  return participants.map(({ name, seatRole, measuredSeconds, received, sent }) => [
    ...whole,
    name,
    ROLES[seatRole],
    (measuredSeconds / 60).toFixed(1),
    ...wordsOf(received),
    ...wordsOf(sent),
  ]);
}

function wordsOf({ grade, reasons }: DirectionGrade): [string, string] {
  const troubles = reasons.map(
    ({ problem, share }) => `${Math.max(1, Math.round(100 * share))} %: ${PROBLEMS[problem]}`,
  );
  return [GRADES[grade], troubles.join('; ')];
}

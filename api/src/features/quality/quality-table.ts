import {
  CSV_START,
  csvLine,
  type DirectionGrade,
  type GradedVisit,
  type LivePresence,
  type LiveVisit,
  type QualityGrade,
  type QualityProblem,
  type SeatRole,
  type VisitState,
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

const STATES: Readonly<Record<VisitState, string>> = {
  scheduled: 'Booked',
  waiting: 'Waiting',
  in_progress: 'In the visit',
  on_hold: 'On hold',
  ended: 'Ended',
  summarised: 'Ended, notes finished',
  cancelled: 'Cancelled',
  no_show: 'Did not come',
};
const NOTHING_MEASURED = 'Not measured';

const HEADER = [
  'Visit',
  'State',
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
  'Whether they are here now (UTC)',
  'What they hear and see now',
  'What they send now',
];

/** All that was measured of a visit and, while it goes on, how it is now. */
export interface TableVisit {
  readonly whole: GradedVisit;
  readonly now: LiveVisit | null;
}

type Batch = { readonly visits: readonly TableVisit[] };

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

function linesOf({ whole, now }: TableVisit): string[][] {
  const { visitId, state, patient, practitioner, startedAt, endedAt, grade, participants } = whole;
  const visit = [
    visitId,
    STATES[state],
    patient.name,
    practitioner.name,
    startedAt ?? '',
    endedAt ?? '',
    GRADES[grade],
  ];
  const measured = new Map(participants.map((person) => [person.seatId, person]));
  const people = now?.participants ?? participants;
  if (people.length === 0)
    return [[...visit, '', '', '0', NOTHING_MEASURED, '', NOTHING_MEASURED, '', '', '', '']];
  return people.map(({ seatId, name, seatRole }) => {
    const presence = now?.participants.find((person) => person.seatId === seatId)?.presence ?? null;
    return [...visit, name, ROLES[seatRole], ...wholeOf(measured.get(seatId)), ...nowOf(presence)];
  });
}

function wholeOf(person: GradedVisit['participants'][number] | undefined): string[] {
  if (!person) return ['0', NOTHING_MEASURED, '', NOTHING_MEASURED, ''];
  const { measuredSeconds, received, sent } = person;
  return [(measuredSeconds / 60).toFixed(1), ...wordsOf(received), ...wordsOf(sent)];
}

function wordsOf({ grade, reasons }: DirectionGrade): [string, string] {
  const troubles = reasons.map(
    ({ problem, share }) => `${Math.max(1, Math.round(100 * share))} %: ${PROBLEMS[problem]}`,
  );
  // Of what was not measured nobody knows whether it was in trouble.
  if (troubles.length === 0 && grade !== 'unknown') return [GRADES[grade], 'no trouble'];
  return [GRADES[grade], troubles.join('; ')];
}

/** Empty for a visit that does not go on. */
function nowOf(presence: LivePresence | null): [string, string, string] {
  if (!presence) return ['', '', ''];
  if (presence.where === 'not-come') return ['Not come yet', '', ''];
  if (presence.where === 'cut-off') return [`Cut off since ${presence.since}`, '', ''];
  if (presence.where === 'left') return [`Left at ${presence.since}`, '', ''];
  return ['Here', GRADES[presence.received.grade], GRADES[presence.sent.grade]];
}

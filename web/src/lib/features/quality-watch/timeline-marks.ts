import type { ParticipantQuality, QualityPoint, Visit, VisitEvent } from '@careconnect/contracts';
import { beginOf, isGap, PLOT, xOf, type TimeAxis } from '#lib/features/quality/time-axis.ts';
import { eventWords } from '#lib/features/visits/record/event-words.ts';
import { m } from '#lib/paraglide/messages.js';

/** Something that happened at a moment, as a line through the charts and in words. */
export interface TimelineMark {
  readonly at: number;
  readonly text: string;
}

/** Numbers of marks that stand where their lines are; those of neighbours stand together. */
export interface MarkNumber {
  /** From the beginning of the plot, in percent. */
  readonly percent: number;
  readonly text: string;
}

interface Marked {
  readonly person: Pick<ParticipantQuality, 'name' | 'timeline'>;
  readonly events: readonly VisitEvent[];
  readonly origin: Visit['origin'];
}

/** Numbers closer than this cover each other on a phone, in percent of the plot. */
const NUMBER_WIDTH = 8;

/** What happened in the visit and to one person's sound and picture, in order, within the time that is drawn. */
export function marksOf({ person, events, origin }: Marked, { from, until }: TimeAxis): TimelineMark[] {
  const { name, timeline } = person;
  return [
    ...eventMarks(events, origin),
    ...changes(timeline, isSilent, {
      begins: m.watch_mark_no_sound({ name }),
      ends: m.watch_mark_sound({ name }),
    }),
    ...changes(timeline, isBlind, {
      begins: m.watch_mark_camera_off({ name }),
      ends: m.watch_mark_camera_on({ name }),
    }),
    ...gapMarks(timeline, name),
  ]
    .filter(({ at }) => at >= from && at <= until)
    .sort((one, other) => one.at - other.at);
}

function eventMarks(events: readonly VisitEvent[], origin: Visit['origin']): TimelineMark[] {
  return events.map((event) => {
    const { at, actorName, isBack } = event;
    const text =
      isBack && actorName !== null ? m.watch_mark_back({ name: actorName }) : eventWords(event, origin);
    return { at: Date.parse(at), text };
  });
}

function isSilent({ problems }: QualityPoint): boolean {
  return problems.includes('no-sound');
}

function isBlind({ sent }: QualityPoint): boolean {
  return sent.framesPerSecond === null || sent.framesPerSecond === 0;
}

/** Where something begins and ends that was otherwise before; what was so from the first moment is no event. */
function changes(
  timeline: readonly QualityPoint[],
  is: (point: QualityPoint) => boolean,
  { begins, ends }: { readonly begins: string; readonly ends: string },
): TimelineMark[] {
  return timeline.slice(1).flatMap((point, index) => {
    const before = timeline[index];
    if (!before || is(before) === is(point)) return [];
    return [{ at: beginOf(point), text: is(point) ? begins : ends }];
  });
}

function gapMarks(timeline: readonly QualityPoint[], name: string): TimelineMark[] {
  return timeline.slice(1).flatMap((point, index) => {
    const before = timeline[index];
    if (!before || !isGap(before, point)) return [];
    return [
      { at: Date.parse(before.at), text: m.watch_mark_gap({ name }) },
      { at: beginOf(point), text: m.watch_mark_measured({ name }) },
    ];
  });
}

export function markNumbers(marks: readonly TimelineMark[], axis: TimeAxis): MarkNumber[] {
  const groups: { percent: number; first: number; last: number }[] = [];
  for (const [index, { at }] of marks.entries()) {
    const percent = (100 * xOf(at, axis)) / PLOT.width;
    const group = groups.at(-1);
    if (group && percent - group.percent < NUMBER_WIDTH) group.last = index + 1;
    else groups.push({ percent, first: index + 1, last: index + 1 });
  }
  return groups.map(({ percent, first, last }) => ({
    percent,
    text: first === last ? String(first) : `${first}–${last}`,
  }));
}

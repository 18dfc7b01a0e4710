import { isVisitOver, VisitState, type VisitEvent } from '@careconnect/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, TRANSITIONS, type VisitCommand } from './visit.ts';
import { stateAfter } from './testing/state-after.ts';

const COMMANDS = Object.keys(TRANSITIONS) as VisitCommand[];

/** Every pair of state and command, written out: the state it leads to, `=` for a repeat, `-` for refused. */
const LIFE: Record<VisitState, Record<VisitCommand, VisitState | '=' | '-'>> = {
  scheduled: row('waiting', 'in_progress', '-', '-', '-', 'cancelled', 'no_show'),
  waiting: row('=', 'in_progress', '-', '-', '-', 'cancelled', '-'),
  in_progress: row('=', '=', 'on_hold', 'ended', '-', '-', '-'),
  on_hold: row('=', 'in_progress', '=', 'ended', '-', '-', '-'),
  ended: row('-', '-', '-', '=', 'summarised', '-', '-'),
  summarised: row('-', '-', '-', '=', '=', '-', '-'),
  cancelled: row('-', '-', '-', '-', '-', '=', '-'),
  no_show: row('-', '-', '-', '-', '-', '-', '='),
};

function row(...cells: (VisitState | '=' | '-')[]): Record<VisitCommand, VisitState | '=' | '-'> {
  const commands = ['checkIn', 'start', 'hold', 'end', 'summarise', 'cancel', 'markNoShow'] as const;
  return Object.fromEntries(commands.map((command, index) => [command, cells[index]])) as Record<
    VisitCommand,
    VisitState | '=' | '-'
  >;
}

describe('the life of a visit', () => {
  test.each(VisitState.options.flatMap((state) => COMMANDS.map((command) => ({ state, command }))))(
    '$state: $command',
    ({ state, command }) => {
      const decision = decide(state, command);
      const answer = decision.kind === 'move' ? decision.to : decision.kind === 'repeat' ? '=' : '-';
      expect(answer).toBe(LIFE[state][command]);
      if (decision.kind === 'refused') expect(decision.isOver).toBe(isVisitOver(state));
    },
  );

  test('any sequence of commands keeps to the life of a visit, and its history tells the same', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...COMMANDS), { maxLength: 40 }), (commands) => {
        const history: VisitEvent['type'][] = ['scheduled'];
        let state: VisitState = 'scheduled';
        for (const command of commands) {
          const wasOver = isVisitOver(state);
          const decision = decide(state, command);
          if (decision.kind !== 'move') continue;
          state = decision.to;
          history.push(decision.event);
          // Idempotent: the same command again never moves and is never refused.
          expect(decide(state, command).kind).toBe('repeat');
          if (wasOver) expect(state).toBe('summarised');
        }
        expect(stateAfter(history)).toBe(state);
      }),
      { numRuns: 2_000 },
    );
  });
});

import type { Visit } from '@careconnect/contracts';
import { ageOn } from '#lib/time/format.ts';
import { m } from '#lib/paraglide/messages.js';

export interface LobbyWords {
  readonly title: string;
  readonly intro: string;
  readonly reason: string | null;
  /** Something to know before pressing, or null. */
  readonly notice: string | null;
  /** The one button. */
  readonly action: string;
}

interface LobbyInputs {
  readonly visit: Visit;
  readonly isHost: boolean;
  readonly mayJoin: boolean;
}

/** What the lobby says, for the doctor and for everyone else. */
export function lobbyWords(inputs: LobbyInputs): LobbyWords {
  return inputs.isHost ? hostWords(inputs.visit) : guestWords(inputs);
}

function hostWords({ state, patient, reason, createdAt, scheduledAt }: Visit): LobbyWords {
  const age = ageOn(patient.birthDate, (scheduledAt ?? createdAt).slice(0, 10));
  const title = m.visit_lobby_host_title({ name: patient.name, age });
  switch (state) {
    case 'scheduled':
      return {
        title,
        intro: m.visit_lobby_host_scheduled({ name: patient.name }),
        reason,
        notice: m.visit_lobby_host_early(),
        action: m.visit_lobby_open(),
      };
    case 'on_hold':
      return {
        title,
        intro: m.visit_lobby_host_held(),
        reason,
        notice: null,
        action: m.visit_lobby_resume(),
      };
    case 'in_progress':
      return {
        title,
        intro: m.visit_lobby_host_running(),
        reason,
        notice: null,
        action: m.visit_lobby_join(),
      };
    default:
      return {
        title,
        intro: m.visit_lobby_host_waiting({ name: patient.name }),
        reason,
        notice: null,
        action: m.visit_lobby_admit(),
      };
  }
}

function guestWords({ visit, mayJoin }: LobbyInputs): LobbyWords {
  const { name } = visit.practitioner;
  return {
    title: m.visit_lobby_title({ name }),
    intro: m.visit_lobby_intro(),
    reason: null,
    notice: mayJoin ? m.visit_lobby_doctor_there({ name }) : null,
    action: mayJoin ? m.visit_lobby_join() : m.visit_lobby_ready(),
  };
}

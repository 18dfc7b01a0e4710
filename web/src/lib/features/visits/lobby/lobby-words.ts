import { ENTER_BEFORE_MINUTES, isDoorOpen, type TimeZone, type Visit } from '@careconnect/contracts';
import { formatDayTime } from '#lib/time/format.ts';
import { m } from '#lib/paraglide/messages.js';
import { patientAge } from '../page/patient-age.ts';

export interface LobbyWords {
  readonly title: string;
  readonly intro: string;
  readonly reason: string | null;
  /** Something to know before pressing, or null. */
  readonly notice: string | null;
  /** The one button; null while it is too early for anything but a look at the devices. */
  readonly action: string | null;
}

interface LobbyInputs {
  readonly visit: Visit;
  readonly isHost: boolean;
  readonly mayJoin: boolean;
  /** They have been in the visit before. */
  readonly isComingBack: boolean;
  readonly now: Date;
  /** How far this device's clock is behind the one that opens the waiting room, in ms. */
  readonly clockLagMs: number;
  /** In which the time of the visit is meant. */
  readonly zone: TimeZone;
}

/** What the lobby says, for the doctor and for everyone else. */
export function lobbyWords(inputs: LobbyInputs): LobbyWords {
  return inputs.isHost ? hostWords(inputs) : guestWords(inputs);
}

function hostWords({ visit, isComingBack }: LobbyInputs): LobbyWords {
  const { state, patient, reason } = visit;
  const title = m.visit_lobby_host_title({ name: patient.name, age: patientAge(visit) });
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
        intro: isComingBack ? m.visit_lobby_host_left() : m.visit_lobby_host_running(),
        reason,
        notice: null,
        action: isComingBack ? m.visit_lobby_join_again() : m.visit_lobby_join(),
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

function guestWords({ visit, mayJoin, isComingBack, now, clockLagMs, zone }: LobbyInputs): LobbyWords {
  const { name } = visit.practitioner;
  const title = m.visit_lobby_title({ name });
  const serverTime = new Date(now.getTime() + clockLagMs);
  if (
    visit.state === 'scheduled' &&
    visit.scheduledAt !== null &&
    !isDoorOpen(visit.scheduledAt, serverTime)
  ) {
    const when = formatDayTime(visit.scheduledAt, { zone });
    return {
      title,
      intro: m.visit_lobby_early_intro(),
      reason: null,
      notice: m.visit_lobby_early({ when, minutes: ENTER_BEFORE_MINUTES }),
      action: null,
    };
  }
  if (mayJoin && isComingBack) {
    return {
      title,
      intro: m.visit_lobby_left(),
      reason: null,
      notice: null,
      action: m.visit_lobby_join_again(),
    };
  }
  return {
    title,
    intro: m.visit_lobby_intro(),
    reason: null,
    notice: mayJoin ? m.visit_lobby_doctor_there({ name }) : null,
    action: mayJoin ? m.visit_lobby_join() : m.visit_lobby_ready(),
  };
}

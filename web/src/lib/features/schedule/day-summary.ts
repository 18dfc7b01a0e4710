import type { Appointment } from '@careconnect/contracts';

export interface DaySummary {
  /** Appointments that took, take or will take place, or that the patient missed. */
  readonly count: number;
  /** Patients who came: those who are here and those who have been seen. */
  readonly arrived: number;
}

/** What a day amounts to for the desk. A cancelled appointment is none. */
export function summariseDay(appointments: readonly Pick<Appointment, 'status'>[]): DaySummary {
  const count = appointments.filter(({ status }) => status !== 'cancelled').length;
  const arrived = appointments.filter(({ status }) => status === 'arrived' || status === 'fulfilled').length;
  return { count, arrived };
}

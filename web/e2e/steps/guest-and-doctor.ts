import { DOCTOR_RECORDING, PATIENT_RECORDING } from '../media/recordings.ts';
import { LAPTOP, openPerson, SMALL_PHONE, type Person, type PersonOptions } from '../stage/person.ts';
import { expectToMeet } from './in-visit.ts';
import { DOCTOR, signIn } from './sign-in.ts';
import { admit, enterAsGuest } from './walk-in.ts';

export interface GuestAndDoctor {
  readonly guest: Person;
  readonly doctor: Person;
}

/** A guest with a small phone, and the doctor at a laptop. */
export async function openGuestAndDoctor(options: Partial<PersonOptions> = {}): Promise<GuestAndDoctor> {
  const guest = await openPerson({ recording: PATIENT_RECORDING, viewport: SMALL_PHONE, ...options });
  const doctor = await openPerson({ recording: DOCTOR_RECORDING, viewport: LAPTOP });
  return { guest, doctor };
}

/** The doctor signs in; the guest comes through the doctor's own link and is admitted with a press; both see and hear each other. */
export async function beginVisit({ guest, doctor }: GuestAndDoctor, name: string): Promise<void> {
  await signIn(doctor.page, DOCTOR);
  await guest.page.goto(DOCTOR.walkIn);
  await enterAsGuest(guest.page, name);
  await guest.page.getByRole('button', { name: 'I’m ready' }).click();
  await admit(doctor.page, name);
  await expectToMeet(guest.page, doctor.page);
}

import { afterEach, expect } from 'vitest';
import { DOCTOR_RECORDING, PATIENT_RECORDING } from '../media/recordings.ts';
import { LAPTOP, openPerson, type Person, type PersonOptions } from '../stage/person.ts';
import { photographOnFailure } from '../stage/photograph.ts';
import { ANOTHER_DOCTOR, DOCTOR, signIn } from './sign-in.ts';
import { enterAsGuest } from './walk-in.ts';

type GuestOptions = Partial<PersonOptions> & { readonly walkIn?: string };

/** Those who come in the course of one test, and go home after it. */
export interface Cast {
  readonly open: (name: string, options?: Partial<PersonOptions>) => Promise<Person>;
  /** Somebody in the lobby of a visit of their own, and its path. */
  readonly openGuest: (name: string, options?: GuestOptions) => Promise<[Person, string]>;
  readonly openDoctor: () => Promise<Person>;
}

export function createCast(): Cast {
  const here: Record<string, Person> = {};

  afterEach(async () => {
    const refused: string[] = [];
    for (const [name, person] of Object.entries(here)) {
      await person.leave();
      refused.push(...person.refused);
      delete here[name];
    }
    expect(refused, 'what policies of our own pages have refused').toEqual([]);
  });

  photographOnFailure(() => here);

  async function open(name: string, options: Partial<PersonOptions> = {}): Promise<Person> {
    return (here[name] = await openPerson({ recording: PATIENT_RECORDING, ...options }));
  }

  return {
    open,
    async openGuest(name, { walkIn = ANOTHER_DOCTOR.walkIn, ...options } = {}) {
      const guest = await open(name, options);
      await guest.page.goto(walkIn);
      return [guest, await enterAsGuest(guest.page, name)];
    },
    async openDoctor() {
      const doctor = await open('doctor', { recording: DOCTOR_RECORDING, viewport: LAPTOP });
      await signIn(doctor.page, DOCTOR);
      return doctor;
    },
  };
}

import { describe, expect, it } from 'vitest';
import { floodServer } from './stage/peer-connections.ts';
import { createCast } from './steps/cast.ts';
import { expectToMeet, tile } from './steps/in-visit.ts';
import { DOCTOR } from './steps/sign-in.ts';
import { admit } from './steps/walk-in.ts';

describe('somebody whose device floods the visit', () => {
  const { openGuest, openDoctor } = createCast();

  it('is taken out of it and reads why, while the doctor stays', async () => {
    const [guest] = await openGuest('Hamid Guest', { walkIn: DOCTOR.walkIn });
    await guest.page.getByRole('button', { name: 'I’m ready' }).click();
    const { page: doctor } = await openDoctor();
    await admit(doctor, 'Hamid Guest');
    await expectToMeet(guest.page, doctor);

    await floodServer(guest.page);
    const reason = guest.page.getByRole('heading', { name: 'This device was taken out of the visit' });
    await reason.waitFor({ timeout: 30_000 });
    await tile(doctor, 'Hamid Guest').waitFor({ state: 'detached' });
    expect(await doctor.getByRole('toolbar', { name: 'Controls of the visit' }).isVisible()).toBe(true);
  });
});

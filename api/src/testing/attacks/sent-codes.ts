import { endpoints, type CodeChannel } from '@careconnect/contracts';
import { askForSms } from '../../features/phones/testing/a-phone.ts';
import { makeOrganization, TEST_PASSWORD } from '../a-clinic.ts';
import { startFakeSmsGateway, type FakeSmsGateway } from '../fake-sms-gateway.ts';
import { startTestApi, type TestApi } from '../test-api.ts';
import { createTally, type Attack, type Tally } from './attack.ts';

const PHONE = '+923001234567';
const OTHER_PHONE = '+923007654321';
const HOURS = 3;
/** What five tries over a network take at the least. */
const ROUND_MS = 1_000;
const TRIES_A_SIGN_IN = 5;
/** Of a code of six digits, of which one is good. */
const ODDS = 1 / 1_000_000;
/** What somebody may find in a day who has the password. */
const BEARABLE_CHANCE = 0.001;

interface Scene {
  readonly api: TestApi;
  readonly sms: FakeSmsGateway;
  readonly email: string;
}

/** Somebody who has the password, and perhaps a code that is not for this: codes by SMS. */
export const sentCodes: Attack = {
  name: 'codes by SMS: of another sign-in, again, and guessed for hours',
  async run(beside) {
    const tally = createTally();
    const sms = await startFakeSmsGateway();
    // Its database is that of the other.
    const api = await startTestApi({ postgresUrl: '', beside, sms: sms.gateway });
    try {
      const { patient, pharmacist } = (await makeOrganization(api.database)).members;
      await askForSms(api, sms, await api.signIn(patient), PHONE);
      const scene = { api, sms, email: patient.email };
      await codesOfAnother(scene, pharmacist.email, tally);
      await replay(scene, tally);
      await guess(scene, tally);
    } finally {
      await api.close();
      await sms.close();
    }
    return tally.outcome();
  },
};

async function waiting({ api, email }: Scene): Promise<string> {
  const answer = await api.client().call(endpoints.auth.login, { body: { email, password: TEST_PASSWORD } });
  if (answer.kind !== 'secondFactor') throw new Error('the password was enough');
  return answer.challenge;
}

async function sendTo({ api, sms }: Scene, challenge: string): Promise<string> {
  api.clock.advance(30_000);
  const body = { challenge, channel: 'sms', language: 'en' } as const;
  await api.client().call(endpoints.sentCodes.sendForSignIn, { body });
  await api.settled();
  return sms.codeTo(PHONE);
}

async function type({ api }: Scene, challenge: string, code: string, method: CodeChannel = 'sms') {
  const body = { challenge, method, code };
  const { path } = endpoints.auth.loginSecondStep;
  const headers = { 'content-type': 'application/json' };
  return api.client().send('POST', path, { body: JSON.stringify(body), headers });
}

/** A code that a sign-in of the attacker, a session, or a change of phone was sent. */
async function codesOfAnother(scene: Scene, otherEmail: string, tally: Tally): Promise<void> {
  const { api, sms } = scene;
  const [own, other] = [await waiting(scene), await waiting(scene)];
  const code = await sendTo(scene, own);
  const byAnother = await type(scene, other, code);
  tally.note(byAnother.status < 300 ? 'the code of another sign-in' : null);
  const byMail = await type(scene, own, code, 'email');
  tally.note(byMail.status < 300 ? 'a code by SMS as one by e-mail' : null);
  const stranger = await api.signIn({ email: otherEmail });
  const request = { body: { phone: OTHER_PHONE, language: 'en' } } as const;
  await stranger.call(endpoints.phones.begin, request);
  await api.settled();
  const forPhone = await type(scene, own, sms.codeTo(OTHER_PHONE));
  tally.note(forPhone.status < 300 ? 'a code that was to prove a phone' : null);
  const right = await type(scene, own, code);
  if (right.status !== 200) throw new Error('a code that is right is not taken');
}

async function replay(scene: Scene, tally: Tally): Promise<void> {
  const challenge = await waiting(scene);
  const code = await sendTo(scene, challenge);
  const atOnce = await Promise.all([1, 2, 3].map(() => type(scene, challenge, code)));
  const taken = atOnce.filter(({ status }) => status === 200).length;
  tally.note(taken === 1 ? null : `a code that was typed three times at once was taken ${taken} times`);
  const later = await type(scene, await waiting(scene), code);
  tally.note(later.status < 300 ? 'a code that was used' : null);
}

/** Has codes sent for hours, and types what comes to mind. */
async function guess(scene: Scene, tally: Tally): Promise<void> {
  const { api } = scene;
  const until = api.clock.now().getTime() + HOURS * 3_600_000;
  let lookedAt = 0;
  while (api.clock.now().getTime() < until) {
    const challenge = await waiting(scene);
    const right = await sendTo(scene, challenge);
    let waitMs = ROUND_MS;
    for (let attempt = 0; attempt < TRIES_A_SIGN_IN; attempt += 1) {
      const wrong = String((Number(right) + 1 + attempt) % 1_000_000).padStart(6, '0');
      const answer = await type(scene, challenge, wrong);
      const { code, retryAfterSeconds = 0 } = answer.body as { code: string; retryAfterSeconds?: number };
      tally.note(answer.status < 300 ? 'a code that is wrong' : null);
      if (code === 'CODE_WRONG') lookedAt += 1;
      waitMs = Math.max(waitMs, retryAfterSeconds * 1_000);
    }
    api.clock.advance(waitMs);
  }
  if (lookedAt === 0) throw new Error('no code was looked at');
  // The first hour has the tries that are free.
  const chance = (lookedAt * ODDS * 24) / HOURS;
  tally.note(chance > BEARABLE_CHANCE ? `a chance of ${chance} in a day, by ${lookedAt} codes` : null);
}

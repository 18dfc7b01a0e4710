import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_PATIENT } from '../core/demo-clinic.ts';

export interface Arrivals {
  readonly perSecond: number;
  readonly seconds: number;
  readonly emails: readonly string[];
}

/**
 * People arrive at one pace, however long those before them take, and sign in.
 * @returns ms from arriving to the whole answer, each
 */
export async function signInAll(origin: string, { perSecond, seconds, emails }: Arrivals): Promise<number[]> {
  const total = perSecond * seconds;
  const began = performance.now();
  const arriving = Array.from({ length: total }, async (_none, index) => {
    const dueAt = began + (index * 1_000) / perSecond;
    await sleep(Math.max(0, dueAt - performance.now()));
    await signIn(origin, emails[index % emails.length] ?? '');
    return performance.now() - dueAt;
  });
  return Promise.all(arriving);
}

async function signIn(origin: string, email: string): Promise<void> {
  const answer = await fetch(`${origin}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: DEMO_PATIENT.password, tokenDelivery: 'body' }),
  });
  const text = await answer.text();
  if (!answer.ok || !text.includes('accessToken'))
    throw new Error(`Signing in answered ${answer.status}: ${text}`);
}

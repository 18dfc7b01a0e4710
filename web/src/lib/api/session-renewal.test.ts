import { describe, expect, it } from 'vitest';
import { createSessionRenewal, type SessionRenewalDeps } from './session-renewal.ts';

/** Two tabs of one browser: they share the lock and the mark, and nothing else. */
function aBrowser(exchange: () => Promise<boolean>) {
  let renewedAt = 0;
  let tail: Promise<unknown> = Promise.resolve();
  const deps: SessionRenewalDeps = {
    exchange,
    exclusively: <T>(task: () => Promise<T>) => {
      const turn = tail.then(task);
      tail = turn.catch(() => undefined);
      return turn;
    },
    lastRenewedAt: () => renewedAt,
    markRenewed: (at) => (renewedAt = at),
    now: () => 2_000,
  };
  return { openTab: () => createSessionRenewal(deps) };
}

describe('session renewal', () => {
  it('exchanges once for all calls of a tab that fail together', async () => {
    let exchanges = 0;
    const tab = aBrowser(async () => ++exchanges > 0).openTab();
    const answers = await Promise.all([tab.renew(1_000), tab.renew(1_001), tab.renew(1_002)]);
    expect(answers).toEqual([true, true, true]);
    expect(exchanges).toBe(1);
  });

  it('exchanges once for two tabs, because a second use of the refresh token would end the session', async () => {
    let exchanges = 0;
    const browser = aBrowser(async () => ++exchanges > 0);
    const answers = await Promise.all([browser.openTab().renew(1_000), browser.openTab().renew(1_000)]);
    expect(answers).toEqual([true, true]);
    expect(exchanges).toBe(1);
  });

  it('exchanges again for a call that was made after the last renewal', async () => {
    let exchanges = 0;
    const tab = aBrowser(async () => ++exchanges > 0).openTab();
    await tab.renew(1_000);
    await tab.renew(2_001);
    expect(exchanges).toBe(2);
  });

  it('says no when the session is over, and asks anew the next time', async () => {
    const answers = [false, true];
    const tab = aBrowser(async () => answers.shift() ?? false).openTab();
    expect(await tab.renew(1_000)).toBe(false);
    expect(await tab.renew(1_000)).toBe(true);
  });

  it('lets a lost connection through instead of calling the session over', async () => {
    const tab = aBrowser(() => Promise.reject(new Error('offline'))).openTab();
    await expect(tab.renew(1_000)).rejects.toThrow('offline');
  });
});

import type { Page } from 'playwright-core';

/** A closed lid: everything of the browser stands still, until the returned function opens it. */
export function closeLid(page: Page): Promise<() => void> {
  return halt(page, () => true);
}

/** A phone that puts the pages of a browser to rest, which is in the background; the returned function wakes them. */
export function putToRest(page: Page): Promise<() => void> {
  return halt(page, (kind) => kind === 'renderer');
}

async function halt(page: Page, isHalted: (kind: string) => boolean): Promise<() => void> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  if (!session) throw new Error('the page has no browser of its own');
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const halted = processInfo.filter(({ type }) => isHalted(type));
  const signalAll = (signal: NodeJS.Signals) => {
    for (const { id } of halted) process.kill(id, signal);
  };
  signalAll('SIGSTOP');
  return () => signalAll('SIGCONT');
}

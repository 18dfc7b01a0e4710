import { once } from 'node:events';
import { chromium, type Page } from 'playwright-core';

/**
 * The page's process dies, and the person presses "Reload" on what the browser then shows. What drove the page
 * has lost it for good, so another takes it up through the browser's debugging port.
 * @returns the same tab, reloaded
 */
export async function crashAndReload(page: Page, debuggingPort: number): Promise<Page> {
  const session = await page.context().newCDPSession(page);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  const crash = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => undefined); // there is nobody left to answer
  await crash;
  await pressReload(`ws://127.0.0.1:${String(debuggingPort)}/devtools/page/${targetInfo.targetId}`);
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${String(debuggingPort)}`);
  const back = browser
    .contexts()
    .flatMap((context) => context.pages())
    .find((one) => one.url() === page.url());
  if (!back) throw new Error('the tab did not come back');
  back.setDefaultTimeout(15_000);
  return back;
}

async function pressReload(address: string): Promise<void> {
  const socket = new WebSocket(address);
  await once(socket, 'open');
  socket.send(JSON.stringify({ id: 1, method: 'Page.reload' }));
  await once(socket, 'message');
  socket.close();
}

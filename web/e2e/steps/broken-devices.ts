import type { Page } from 'playwright-core';

/** The person blocks camera and microphone in this browser, or allows them again. */
export async function setMediaPermission(page: Page, setting: 'denied' | 'granted'): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const { targetInfo } = await browser.send('Target.getTargetInfo');
  const { browserContextId } = targetInfo;
  if (browserContextId === undefined) throw new Error('the page belongs to no browser context');
  for (const name of ['camera', 'microphone']) {
    await browser.send('Browser.setPermission', { browserContextId, permission: { name }, setting });
  }
}

/** Another program holds the camera until the returned function is called. */
export async function holdCamera(page: Page): Promise<() => Promise<void>> {
  await page.addInitScript(() => {
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (constraints) =>
      constraints?.video && !('cameraIsFree' in globalThis)
        ? Promise.reject(new DOMException('Could not start video source', 'NotReadableError'))
        : open(constraints);
  });
  return () => page.evaluate(() => void Object.assign(globalThis, { cameraIsFree: true }));
}

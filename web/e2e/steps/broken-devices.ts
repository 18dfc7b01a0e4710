import type { Page } from 'playwright-core';

/** The person has blocked camera and microphone in this browser. */
export async function refuseMedia(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  for (const name of ['camera', 'microphone']) {
    await browser.send('Browser.setPermission', { permission: { name }, setting: 'denied' });
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

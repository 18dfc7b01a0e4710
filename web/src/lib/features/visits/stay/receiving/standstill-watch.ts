/** Longer than the pictures of a slow connection are apart that still come, in ms. */
const STILL_AFTER_MS = 1_500;

/**
 * Watches whether the picture of a running video changes. Of a browser that does not tell of its frames nothing is known.
 * @param tell - told when it has stood still for a while, and when it goes on
 * @returns what stops it
 */
export function watchStandstill(
  video: Pick<HTMLVideoElement, 'requestVideoFrameCallback' | 'cancelVideoFrameCallback'>,
  tell: (isStill: boolean) => void,
): () => void {
  if (!('requestVideoFrameCallback' in video)) return () => undefined;
  let isStill = false;
  let timer = setTimeout(stand, STILL_AFTER_MS);
  let next = video.requestVideoFrameCallback(goOn);

  function stand(): void {
    isStill = true;
    tell(true);
  }

  function goOn(): void {
    clearTimeout(timer);
    timer = setTimeout(stand, STILL_AFTER_MS);
    next = video.requestVideoFrameCallback(goOn);
    if (isStill) tell(false);
    isStill = false;
  }

  return () => {
    clearTimeout(timer);
    video.cancelVideoFrameCallback(next);
  };
}

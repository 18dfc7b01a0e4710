import type { Page } from 'playwright-core';
import type { Rgb } from '../media/y4m.ts';

/** The colour near the upper left corner of the first other person's picture, or null before there is one. */
export function readRemoteColour(page: Page): Promise<Rgb | null> {
  return page.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement>('[data-testid="peer"] video');
    if (!video || video.videoWidth === 0) return null;
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    const painter = canvas.getContext('2d');
    if (!painter) return null;
    painter.drawImage(video, 0, 0);
    const spot = painter.getImageData(Math.round(canvas.width * 0.1), Math.round(canvas.height * 0.1), 4, 4);
    const mean = (channel: number) => {
      let sum = 0;
      for (let index = channel; index < spot.data.length; index += 4) sum += spot.data[index] ?? 0;
      return Math.round(sum / (spot.data.length / 4));
    };
    return { red: mean(0), green: mean(1), blue: mean(2) };
  });
}

/** How far two colours are apart, 0 to 441. Compression and colour spaces cost about 20. */
export function colourDistance(one: Rgb, other: Rgb): number {
  return Math.hypot(one.red - other.red, one.green - other.green, one.blue - other.blue);
}

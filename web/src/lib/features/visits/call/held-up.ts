import type { Bottleneck } from '@careconnect/contracts';

/** Why the picture of somebody is an old one: the way is too slow for it or cut, here or at their side. */
export type HeldUp = 'slow-here' | 'slow-there' | 'cut-here' | 'cut-there';

interface Shown {
  readonly isCameraOn: boolean;
  readonly hasPicture: boolean;
  readonly heldUp: HeldUp | null;
}

export interface PictureNews {
  /** They send one. */
  readonly isCameraOn: boolean;
  /** This page has a connection that carries pictures. */
  readonly isLinked: boolean;
  readonly isPeerConnected: boolean;
  /** No new picture has come for a moment; looked at only while one of the connections is broken. */
  readonly isStill: boolean;
  /** This page's connection does not carry pictures now. */
  readonly isReceivingShort: boolean;
  readonly bottleneck: Bottleneck | null;
}

/** A face has to stand for the picture: none is sent, or none has come and nothing is said in its place. */
export function hasStandIn({ isCameraOn, hasPicture, heldUp }: Shown): boolean {
  return !isCameraOn || (!hasPicture && heldUp === null);
}

/** What to say over the last picture, or null where it is a live one. A broken connection may still carry pictures. */
export function heldUpOf(news: PictureNews): HeldUp | null {
  if (!news.isCameraOn) return null;
  if (news.isStill) return news.isLinked ? 'cut-there' : 'cut-here';
  if (!news.isPeerConnected) return null;
  if (news.isReceivingShort || news.bottleneck === 'viewer') return 'slow-here';
  return news.bottleneck === 'sender' ? 'slow-there' : null;
}

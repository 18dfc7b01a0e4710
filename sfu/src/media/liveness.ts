import type { types } from 'mediasoup';

/**
 * Calls back when packets of a sender arrive that was silent, be it at the beginning. The worker scores a stream by
 * them from 0 to 10; a simulcast layer has 0 after 1500 ms of silence (RtpStreamRecv), a single stream never.
 */
export function onReturn(end: types.Producer | types.Consumer, listener: () => void): void {
  let wasSilent = true;
  const look = (isSilent: boolean): void => {
    if (wasSilent && !isSilent) listener();
    wasSilent = isSilent;
  };
  if ('producerId' in end) end.on('score', ({ producerScores }) => look(isAllZero(producerScores)));
  else end.on('score', (layers) => look(isAllZero(layers.map(({ score }) => score))));
}

function isAllZero(scores: readonly number[]): boolean {
  return scores.every((score) => score === 0);
}

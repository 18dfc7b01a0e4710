/** Watchers to whom nobody listens, driven over the channel of their process. See `audience.ts`. */
import { watch, type Receiver } from '../rtc/native-peer.ts';
import type { AudienceAnswer, AudienceQuestion } from './audience.ts';

const receivers = new Map<number, Receiver>();

process.on('message', (question: AudienceQuestion) => {
  void answer(question).then((said) => process.send?.(said));
});

async function answer(question: AudienceQuestion): Promise<AudienceAnswer> {
  const receiver = receivers.get(question.receiver) ?? watch('127.0.0.1');
  receivers.set(question.receiver, receiver);
  try {
    if (question.ask === 'accept') return { said: await receiver.accept(question.offer) };
    await receiver.reach(question.candidates);
    return { said: '' };
  } catch (error) {
    return { failed: String(error) };
  }
}

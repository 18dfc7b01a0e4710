/** Watchers whose packets nobody looks at, driven over the channel of their process. See `audience.ts`. */
import { watch, type NativeWatcher } from '../rtc/native-peer.ts';
import type { AudienceAnswer, AudienceQuestion } from './audience.ts';

const watchers = new Map<number, NativeWatcher>();

process.on('message', (question: AudienceQuestion) => {
  void answer(question).then((said) => process.send?.(said));
});

async function answer(question: AudienceQuestion): Promise<AudienceAnswer> {
  try {
    return { said: await say(question) };
  } catch (error) {
    return { failed: String(error) };
  }
}

async function say(question: AudienceQuestion): Promise<string> {
  if (question.ask === 'connected')
    return String([...watchers.values()].filter(({ isConnected }) => isConnected).length);
  const watcher = watchers.get(question.watcher) ?? watch('127.0.0.1');
  watchers.set(question.watcher, watcher);
  if (question.ask === 'accept') return watcher.accept(question.offer);
  await watcher.reach(question.candidates);
  return '';
}

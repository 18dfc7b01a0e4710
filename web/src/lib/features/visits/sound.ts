/** Two soft rising notes, in Hz. */
const NOTES = [659, 880] as const;
const NOTE_SECONDS = 0.22;

interface SinkContext extends AudioContext {
  setSinkId?(sinkId: string): Promise<void>;
}

/** Plays a short chime on a speaker (empty for the default) and resolves when it has ended. */
export async function playChime(context: AudioContext, speakerId = ''): Promise<void> {
  await context.resume();
  if (speakerId) await (context as SinkContext).setSinkId?.(speakerId).catch(() => undefined);
  const begin = context.currentTime + 0.03;
  const last = NOTES.map((frequency, index) => playNote(context, frequency, begin + index * NOTE_SECONDS)).at(
    -1,
  );
  await new Promise<void>((resolve) => last?.addEventListener('ended', () => resolve(), { once: true }));
}

function playNote(context: AudioContext, frequency: number, at: number): OscillatorNode {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.2, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, at + NOTE_SECONDS * 2);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + NOTE_SECONDS * 2);
  return tone;
}

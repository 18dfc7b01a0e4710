import { AttachmentId, VOICE_NOTE_MAX_BYTES, VOICE_NOTE_MAX_MS } from '@careconnect/contracts';
import { capture } from '../visits/stay/devices/capture.ts';
import type { MediaProblem } from '../visits/stay/devices/media-problem.ts';
import type { KeptNote, NoteOwner } from './note.ts';
import type { NoteStore } from './note-store.ts';

/** So much a crash may cost. */
const PART_MS = 1_000;
const CLOCK_MS = 200;
/** Speech at 3 kB a second: Opus is good for it from there on (RFC 6716, section 2.1.1), and weak networks carry it. */
const BITS_PER_SECOND = 24_000;
/** The last part comes after the stop. */
const LONGEST_MS = VOICE_NOTE_MAX_MS - PART_MS;
const LARGEST_BYTES = VOICE_NOTE_MAX_BYTES * 0.9;

export interface VoiceRecorderOptions {
  readonly owner: NoteOwner;
  readonly store: NoteStore;
  /** The microphone of the visit, where it is open. */
  readonly microphone: () => {
    readonly track: MediaStreamTrack | null;
    readonly deviceId: string | undefined;
  };
  readonly onRecorded: (note: KeptNote) => void;
}

/** Records one voice note at a time, and keeps it second by second while it is spoken. */
export class VoiceRecorder {
  /** What is being recorded, for the eye to see that it is heard. */
  track = $state.raw<MediaStreamTrack | null>(null);
  isRecording = $state(false);
  elapsedMs = $state(0);
  problem = $state<MediaProblem | null>(null);
  /** This device had no room for what was said. */
  isLost = $state(false);
  /** It was ended before anything was heard. */
  isTooShort = $state(false);

  readonly #options: VoiceRecorderOptions;
  #recorder: MediaRecorder | null = null;
  #isOpening = false;

  constructor(options: VoiceRecorderOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    if (this.isRecording || this.#isOpening) return;
    this.#isOpening = true;
    const track = await this.#openTrack();
    this.#isOpening = false;
    if (track) this.#record(track);
  }

  /** What was said so far is the note. */
  stop(): void {
    if (this.#recorder?.state === 'recording') this.#recorder.stop();
  }

  /** A track of its own: what is muted in the visit is heard here. */
  async #openTrack(): Promise<MediaStreamTrack | null> {
    const { track, deviceId } = this.#options.microphone();
    if (track?.readyState === 'live') {
      const own = track.clone();
      own.enabled = true;
      return own;
    }
    const opened = await capture('microphone', deviceId);
    this.problem = opened.problem;
    return opened.track;
  }

  #record(track: MediaStreamTrack): void {
    const mediaType = MediaRecorder.isTypeSupported('audio/webm;codecs=opus') ? 'audio/webm' : 'audio/mp4';
    const recorder = new MediaRecorder(new MediaStream([track]), {
      mimeType: mediaType === 'audio/webm' ? 'audio/webm;codecs=opus' : mediaType,
      audioBitsPerSecond: BITS_PER_SECOND,
    });
    const note: KeptNote = {
      ...this.#options.owner,
      id: AttachmentId.parse(crypto.randomUUID()),
      kind: 'voice_note',
      mediaType,
      state: 'recording',
      sizeBytes: 0,
      durationMs: 0,
      createdAt: Date.now(),
    };
    const kept = this.#keepParts(recorder, note);
    const startedAt = performance.now();
    const clock = setInterval(() => {
      this.elapsedMs = performance.now() - startedAt;
      if (this.elapsedMs >= LONGEST_MS) this.stop();
    }, CLOCK_MS);
    recorder.onstop = () => {
      clearInterval(clock);
      track.stop();
      const durationMs = Math.round(performance.now() - startedAt);
      this.#recorder = this.track = null;
      this.isRecording = false;
      kept()
        .then((sizeBytes) => this.#finish({ ...note, sizeBytes, durationMs }))
        .catch(() => (this.isLost = true));
    };
    // A phone call takes the microphone: what there is until then is kept.
    track.onended = () => this.stop();
    this.#recorder = recorder;
    this.track = track;
    this.elapsedMs = 0;
    this.isRecording = true;
    this.problem = null;
    this.isLost = this.isTooShort = false;
    recorder.start(PART_MS);
  }

  /** Writes each part down as it comes, in order. Answers with how many bytes there are once all are written. */
  #keepParts(recorder: MediaRecorder, note: KeptNote): () => Promise<number> {
    const { store } = this.#options;
    let sizeBytes = 0;
    let index = 0;
    let writing = store.put(note);
    recorder.ondataavailable = ({ data }) => {
      if (data.size === 0) return;
      sizeBytes += data.size;
      const durationMs = Math.round(this.elapsedMs);
      const place = index++;
      const [soFar, isTooLarge] = [sizeBytes, sizeBytes > LARGEST_BYTES];
      writing = writing.then(async () => {
        await store.addPart(note.id, place, await data.arrayBuffer());
        await store.put({ ...note, sizeBytes: soFar, durationMs });
      });
      if (isTooLarge) this.stop();
    };
    return () => writing.then(() => sizeBytes);
  }

  async #finish(note: KeptNote): Promise<void> {
    const { store, onRecorded } = this.#options;
    if (note.sizeBytes === 0) {
      this.isTooShort = true;
      return store.remove(note.id);
    }
    const draft: KeptNote = { ...note, state: 'draft' };
    await store.put(draft);
    onRecorded(draft);
  }
}

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMemoryNoteStore } from './memory-note-store.ts';
import type { KeptNote } from './note.ts';
import { VoiceRecorder } from './voice-recorder.svelte.ts';

/** Gives what was said when it is stopped. */
class FakeMediaRecorder {
  static heard = new Blob();
  static isTypeSupported = () => true;
  state = 'inactive';
  ondataavailable: (event: { data: Blob }) => void = () => undefined;
  onstop: () => void = () => undefined;

  start() {
    this.state = 'recording';
  }

  stop() {
    this.state = 'inactive';
    this.ondataavailable({ data: FakeMediaRecorder.heard });
    this.onstop();
  }
}

function aTrack(): MediaStreamTrack {
  const track = { readyState: 'live', stop: () => undefined, clone: () => track };
  return track as never;
}

beforeEach(() => {
  vi.stubGlobal('MediaRecorder', FakeMediaRecorder);
  vi.stubGlobal('MediaStream', class {});
});
afterEach(() => void vi.unstubAllGlobals());

async function record(heard: string) {
  FakeMediaRecorder.heard = new Blob([heard]);
  const notes: KeptNote[] = [];
  const recorder = new VoiceRecorder({
    owner: { visitId: 'a visit', userId: 'somebody' } as never,
    store: createMemoryNoteStore(),
    microphone: () => ({ track: aTrack(), deviceId: undefined }),
    onRecorded: (note) => notes.push(note),
  });
  await recorder.start();
  recorder.stop();
  return { recorder, notes };
}

test('what was said becomes a draft', async () => {
  const { recorder, notes } = await record('a voice');
  await expect.poll(() => notes).toMatchObject([{ state: 'draft', sizeBytes: 7 }]);
  expect(recorder.isTooShort).toBe(false);
});

test('a recording that was ended before anything was heard says so', async () => {
  const { recorder, notes } = await record('');
  await expect.poll(() => recorder.isTooShort).toBe(true);
  expect(notes).toEqual([]);
  await recorder.start();
  expect(recorder.isTooShort).toBe(false);
  recorder.stop();
});

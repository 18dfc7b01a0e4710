/** libwebrtc's encoder feedback: one keyframe on request in this time, over all layers together. */
export const BROWSER_KEY_FRAME_SPACING_MS = 300;

/** What we believe about the encoder of a sending browser. */
export interface BrowserModel {
  /** When it was last asked and listened; minus infinity before that. */
  readonly servedAtMs: number;
  /** It is being asked. Answers with whether it listens. */
  noteRequest(atMs: number): boolean;
}

export function createBrowserModel(): BrowserModel {
  let servedAtMs = -Infinity;
  return {
    get servedAtMs() {
      return servedAtMs;
    },
    noteRequest(atMs) {
      if (atMs - servedAtMs < BROWSER_KEY_FRAME_SPACING_MS) return false;
      servedAtMs = atMs;
      return true;
    },
  };
}

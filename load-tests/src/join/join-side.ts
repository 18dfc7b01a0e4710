/** One of the two that are compared. Its publisher is in the room already. */
export interface JoinSide {
  readonly name: 'ours' | 'textbook';
  /** Opens a page, lets it settle, presses its button, and leaves again. Milliseconds from click to first frame. */
  joinOnce(): Promise<number>;
}

/** How long a page is looked at before its button is pressed, the same on both sides. */
export const SETTLE_MS = 1_500;

/** What one join took, in milliseconds from the click. */
export interface Join {
  readonly firstFrame: number;
  /** The way there: the room's answer, and tracks negotiated. Null where the page does not tell. */
  readonly steps: { readonly answered: number; readonly negotiated: number } | null;
}

/** One of the two that are compared. Its publisher is in the room already. */
export interface JoinSide {
  readonly name: 'ours' | 'textbook';
  /** Opens a page, lets it settle, presses its button, and leaves again. */
  joinOnce(): Promise<Join>;
}

/** How long a page is looked at before its button is pressed, the same on both sides. */
export const SETTLE_MS = 1_500;

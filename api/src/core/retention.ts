export const DAY_MS = 86_400_000;

/** For how long what has run out is kept. What is clinical, and the audit trail, are not among it. */
export interface Retention {
  /** Links, codes and challenges, after they were used or too old. */
  readonly linksMs: number;
  /** Sign-ins, after they have ended. */
  readonly sessionsMs: number;
  /** How good a call was, moment by moment. */
  readonly qualityMs: number;
}

export const DEFAULT_RETENTION: Retention = {
  // Whoever asks why their link did not work asks within days.
  linksMs: 7 * DAY_MS,
  // Where somebody was signed in matters for as long as nobody has noticed that it was not them.
  sessionsMs: 90 * DAY_MS,
  // A year shows what a season does to networks.
  qualityMs: 365 * DAY_MS,
};

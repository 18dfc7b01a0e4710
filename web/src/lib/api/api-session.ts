import type { SessionRenewal } from './session-renewal.ts';

/** The session whose cookies a client's calls ride on. */
export interface ApiSession extends SessionRenewal {
  /** Value of the readable double-submit cookie, or null without a session. */
  csrfToken(): string | null;
  /** Asks the person to sign in again on the spot; false when they cannot or will not. */
  signInAgain(): Promise<boolean>;
  /** Asks the person to confirm that it is them; false when they cannot or will not. */
  confirm(): Promise<boolean>;
  /** For how long nobody has touched a page of ours in this browser. */
  idleSeconds(): number;
  /** The patient for whom this tab acts; null for whoever is signed in. */
  actingFor(): string | null;
}

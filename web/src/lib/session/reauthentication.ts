/** Asks the person to sign in again, over the page they are on. True when they did. */
export type AskToSignIn = () => Promise<boolean>;

export interface Reauthentication {
  /** A page lends its dialog; calling the answer takes it back, and whoever still waits for it hears no. */
  readonly lend: (ask: AskToSignIn) => () => void;
  /** All calls that fail together wait for the same dialog. */
  readonly ask: AskToSignIn;
}

/**
 * When the session ends under a page that holds typed text, the person signs in again in a dialog over
 * it and the interrupted call goes on. A page without such a dialog answers false, and whoever asked
 * sends the person to the sign-in page instead.
 */
export function createReauthentication(): Reauthentication {
  let dialog: AskToSignIn | null = null;
  let underWay: Promise<boolean> | null = null;

  return {
    lend(ask) {
      const gone = Promise.withResolvers<boolean>();
      const askWhileHere = () => Promise.race([ask(), gone.promise]);
      dialog = askWhileHere;
      return () => {
        if (dialog === askWhileHere) dialog = null;
        gone.resolve(false);
      };
    },

    ask() {
      if (dialog === null) return Promise.resolve(false);
      underWay ??= dialog().finally(() => {
        underWay = null;
      });
      return underWay;
    },
  };
}

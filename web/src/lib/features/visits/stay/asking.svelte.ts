import { RequestError } from './seat/request-error.ts';

/** What the person asks of the server: one thing at a time. */
export class Asking {
  /** An answer is awaited after a click. */
  isBusy = $state(false);
  /** What went wrong with the last thing that they asked for; they may try again. */
  failure = $state.raw<RequestError | null>(null);

  /** Answers whether it went well, and true where it is not asked because something else is. */
  async ask(question: () => Promise<void>): Promise<boolean> {
    if (this.isBusy) return true;
    this.isBusy = true;
    this.failure = null;
    try {
      await question();
      return true;
    } catch (error) {
      this.failure = RequestError.from(error);
      return false;
    } finally {
      this.isBusy = false;
    }
  }
}

/** For how many seconds more nothing can be sent again. Make one while a component is set up. */
export class ResendCountdown {
  secondsLeft = $state(0);
  #until = 0;

  constructor() {
    $effect(() => {
      const timer = setInterval(() => this.#look(), 1_000);
      return () => clearInterval(timer);
    });
  }

  start(seconds: number): void {
    this.#until = performance.now() + 1_000 * seconds;
    this.#look();
  }

  #look(): void {
    this.secondsLeft = Math.max(0, Math.ceil((this.#until - performance.now()) / 1_000));
  }
}

/**
 * When an administrator is alerted. What makes a visit bad has published sources (see quality); after how long somebody
 * should be told has none, so each of these is a setting of the operator, with why it is what it is.
 */
export interface AlertRules {
  /**
   * Six periods in a row: a walk from one room to the next or a lift is over by then, and a doctor has asked "can you
   * hear me?" twice.
   */
  readonly visitInadequateMs: number;
  /**
   * After the server has noticed, which a network that falls silent delays by up to twelve seconds. Whose page is reloaded
   * or who changes networks is back within two seconds (docs/measurements.md); who is not after ten is missed.
   */
  readonly cutOffMs: number;
  /**
   * Of one core. A worker is one thread: at a whole core packets begin to wait, and a keyframe or a join takes some
   * tenths of it for a moment. 0.85 leaves room for that.
   */
  readonly workerCpuShare: number;
  /** A minute outlasts a storm of joins, and is short enough to send new visits elsewhere before people notice. */
  readonly workerBusyMs: number;
  /** Facts are repeated every five seconds at the latest, so a minute is a dozen refusals in a row. */
  readonly factsLateMs: number;
}

export const DEFAULT_ALERT_RULES: AlertRules = {
  visitInadequateMs: 30_000,
  cutOffMs: 10_000,
  workerCpuShare: 0.85,
  workerBusyMs: 60_000,
  factsLateMs: 60_000,
};

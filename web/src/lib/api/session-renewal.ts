/** Keeps the short access token alive for as long as the refresh token allows. */
export interface SessionRenewal {
  /**
   * Renews the access token unless another call or another tab has done so since `askedAt`
   * (milliseconds). False means that the session is over; a lost connection rejects instead.
   */
  renew(askedAt: number): Promise<boolean>;
}

export interface SessionRenewalDeps {
  /** Exchanges the refresh cookie. True when it worked, false when the session is over. */
  readonly exchange: () => Promise<boolean>;
  /** Runs one task at a time in all tabs of this browser. */
  readonly exclusively: <T>(task: () => Promise<T>) => Promise<T>;
  /** When any tab last renewed, in milliseconds; 0 for never. */
  readonly lastRenewedAt: () => number;
  readonly markRenewed: (at: number) => void;
  readonly now: () => number;
}

/**
 * The refresh token works once, and using it twice ends the session. So within a tab all callers share
 * one exchange, and between tabs whoever comes second finds that the first has already renewed.
 */
export function createSessionRenewal({
  exchange,
  exclusively,
  lastRenewedAt,
  markRenewed,
  now,
}: SessionRenewalDeps): SessionRenewal {
  let underWay: Promise<boolean> | null = null;

  async function renewOnce(askedAt: number): Promise<boolean> {
    if (lastRenewedAt() > askedAt) return true;
    const worked = await exchange();
    if (worked) markRenewed(now());
    return worked;
  }

  return {
    renew(askedAt) {
      underWay ??= exclusively(() => renewOnce(askedAt)).finally(() => {
        underWay = null;
      });
      return underWay;
    },
  };
}

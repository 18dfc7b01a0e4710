import type { Clock } from '@careconnect/platform';
import { makeSeal, type Seal } from './seal.ts';
import type { SealRepository } from './seal.repository.ts';
import type { SigningKey } from './signing-key.ts';

/** Hashing these takes this process a few milliseconds, in which it answers nobody. */
export const ROWS_OF_A_SEAL = 1_000;

export interface SealerDeps {
  readonly seals: SealRepository;
  readonly key: SigningKey;
  readonly clock: Clock;
  readonly onSeal: (seal: Seal) => void;
}

export interface Sealer {
  /**
   * Seals what waits, one seal for each organization in turn, so that none waits for another's backlog.
   * @param mayGoOn - asked after each round
   * @returns how many rows it has sealed
   */
  run(mayGoOn?: () => boolean): Promise<number>;
}

export function createSealer({ seals, key, clock, onSeal }: SealerDeps): Sealer {
  /** @returns how many rows the new seal has; 0 without one */
  async function sealOnce(organizationId: string): Promise<number> {
    const seal = await seals.append(organizationId, ROWS_OF_A_SEAL, (rows, last) =>
      makeSeal({ organizationId, rows, last, sealedAt: clock.now(), key }),
    );
    if (seal) onSeal(seal);
    return seal?.rowCount ?? 0;
  }

  return {
    async run(mayGoOn = () => true) {
      let sealed = 0;
      let open = (await seals.waiting()).map(({ organizationId }) => organizationId);
      while (open.length > 0) {
        const full: string[] = [];
        for (const organizationId of open) {
          const count = await sealOnce(organizationId);
          sealed += count;
          if (count === ROWS_OF_A_SEAL) full.push(organizationId);
        }
        open = mayGoOn() ? full : [];
      }
      return sealed;
    },
  };
}

import type { Fact } from '@careconnect/contracts/internal';
import type { VisitFeed } from '../visits/visit-feed.ts';
import type { FactSource } from './fact-rows.ts';
import type { FactsRepository } from './facts.repository.ts';

/** What has happened in signaling, made durable. */
export interface FactsService {
  store(facts: readonly Fact[], from: FactSource): Promise<void>;
}

export interface FactsServiceDeps {
  readonly facts: FactsRepository;
  readonly feed: Pick<VisitFeed, 'queueChanged'>;
}

export function createFactsService({ facts: repository, feed }: FactsServiceDeps): FactsService {
  return {
    async store(facts, from) {
      const touched = await repository.store(facts, from);
      for (const { organizationId, practitionerId } of touched)
        feed.queueChanged(organizationId, practitionerId);
    },
  };
}

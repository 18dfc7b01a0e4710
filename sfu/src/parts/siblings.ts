import type { SfuNode } from '@careconnect/contracts/internal';
import { Sibling, type SiblingOptions } from './sibling.ts';

export interface SiblingsOptions extends Omit<SiblingOptions, 'url'> {
  /** This node: one list of all serves each of them. */
  readonly node: SfuNode;
  readonly urls: readonly string[];
}

/** The other SFU nodes that may carry parts of this one's rooms. */
export class Siblings {
  readonly #node: SfuNode;
  readonly #all: readonly Sibling[];

  constructor({ node, urls, ...options }: SiblingsOptions) {
    this.#node = node;
    this.#all = urls.map((url) => new Sibling({ ...options, url }));
  }

  /** Those that can be reached and take something new, and how much of a core their least busy worker takes. */
  get available(): { readonly place: Sibling; readonly cpuShare: number }[] {
    return this.#all.flatMap((place) => {
      const { load } = place;
      if (!load || load.isDraining || load.node === this.#node || load.workers.length === 0) return [];
      return [{ place, cpuShare: Math.min(...load.workers.map(({ cpuShare }) => cpuShare)) }];
    });
  }

  close(): void {
    for (const sibling of this.#all) sibling.close();
  }
}

import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** A seal as it is kept outside the database: the chain must still have it later. */
export const Anchor = z.object({
  organizationId: z.uuid(),
  number: z.int().positive(),
  /** Hexadecimal. */
  hash: z.string(),
  sealedAt: z.iso.datetime(),
  /** base64url */
  signature: z.string(),
  keyId: z.string(),
});
export type Anchor = z.infer<typeof Anchor>;

/** Where anchors are kept; only ever added to. */
export interface AnchorStore {
  append(anchors: readonly Anchor[]): Promise<void>;
}

/** JSON lines, on disk when the promise resolves. */
export function createAnchorFile(path: string): AnchorStore {
  return {
    async append(anchors) {
      await mkdir(dirname(path), { recursive: true });
      const lines = anchors.map((anchor) => `${JSON.stringify(anchor)}\n`).join('');
      await appendFile(path, lines, { flush: true });
    },
  };
}

/** @throws {Error} that names the line which is no anchor */
export async function readAnchors(path: string): Promise<Anchor[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.flatMap((line, index) => {
    if (line === '') return [];
    try {
      return [Anchor.parse(JSON.parse(line))];
    } catch (cause) {
      throw new Error(`line ${index + 1} of ${path} is no anchor`, { cause });
    }
  });
}

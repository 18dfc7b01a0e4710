import type { AttachmentId } from '@careconnect/contracts';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { PERSONAL_DATABASE } from '#lib/storage/browser-store.ts';
import type { KeptNote, NoteOwner } from './note.ts';

/** What is recorded here and not yet delivered. It outlives a reload, a crash and a closed tab. */
export interface NoteStore {
  /** In the order in which they were made. */
  list(owner: NoteOwner): Promise<KeptNote[]>;
  put(note: KeptNote): Promise<void>;
  /** The next piece of what is being recorded. */
  addPart(id: AttachmentId, index: number, bytes: ArrayBuffer): Promise<void>;
  parts(id: AttachmentId): Promise<ArrayBuffer[]>;
  /** With all its parts. */
  remove(id: AttachmentId): Promise<void>;
  /** What was made before then, and whatever anybody else has left on this device. */
  removeForeign(owner: Pick<NoteOwner, 'userId'>, before: number): Promise<void>;
}

interface Schema extends DBSchema {
  notes: { key: string; value: KeptNote };
  parts: { key: [string, number]; value: ArrayBuffer };
}

/** Buffers and not blobs: WebKit has lost blobs that it kept in a database. */
export async function openNoteStore(): Promise<NoteStore> {
  const database = await openDB<Schema>(PERSONAL_DATABASE, 1, {
    upgrade(db) {
      db.createObjectStore('notes', { keyPath: 'id' });
      db.createObjectStore('parts');
    },
    // Somebody signs out in another tab, which takes all of it away.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  return createStore(database);
}

function createStore(database: IDBPDatabase<Schema>): NoteStore {
  const partsOf = (id: string) => IDBKeyRange.bound([id, 0], [id, Infinity]);

  async function remove(id: string): Promise<void> {
    const change = database.transaction(['notes', 'parts'], 'readwrite');
    await Promise.all([
      change.objectStore('notes').delete(id),
      change.objectStore('parts').delete(partsOf(id)),
      change.done,
    ]);
  }

  return {
    async list({ visitId, userId }) {
      const all = await database.getAll('notes');
      return all
        .filter((note) => note.visitId === visitId && note.userId === userId)
        .toSorted((a, b) => a.createdAt - b.createdAt);
    },
    async put(note) {
      await database.put('notes', note);
    },
    async addPart(id, index, bytes) {
      await database.put('parts', bytes, [id, index]);
    },
    parts: (id) => database.getAll('parts', partsOf(id)),
    remove,
    async removeForeign({ userId }, before) {
      const all = await database.getAll('notes');
      const foreign = all.filter((note) => note.userId !== userId || note.createdAt < before);
      for (const { id } of foreign) await remove(id);
    },
  };
}

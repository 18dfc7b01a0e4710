import type { KeptNote } from './note.ts';
import type { NoteStore } from './note-store.ts';

/** For browsers that keep nothing (some private windows): what is recorded lasts as long as the page. */
export function createMemoryNoteStore(): NoteStore {
  const notes = new Map<string, KeptNote>();
  const parts = new Map<string, ArrayBuffer[]>();

  return {
    async list({ visitId, userId }) {
      const own = [...notes.values()].filter((note) => note.visitId === visitId && note.userId === userId);
      return own.toSorted((a, b) => a.createdAt - b.createdAt);
    },
    async put(note) {
      notes.set(note.id, note);
    },
    async addPart(id, index, bytes) {
      parts.set(id, (parts.get(id) ?? []).toSpliced(index, 1, bytes));
    },
    parts: async (id) => parts.get(id) ?? [],
    async remove(id) {
      notes.delete(id);
      parts.delete(id);
    },
    async removeForeign({ userId }, before) {
      for (const note of notes.values()) {
        if (note.userId === userId && note.createdAt >= before) continue;
        notes.delete(note.id);
        parts.delete(note.id);
      }
    },
  };
}

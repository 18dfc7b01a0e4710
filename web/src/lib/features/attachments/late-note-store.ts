import { createMemoryNoteStore } from './memory-note-store.ts';
import { openNoteStore, type NoteStore } from './note-store.ts';

/** This device's store, which takes a moment to open; a browser that has none keeps what its page keeps. */
export function createLateNoteStore(): NoteStore {
  const opening = openNoteStore().catch(createMemoryNoteStore);
  return {
    list: async (owner) => (await opening).list(owner),
    put: async (note) => (await opening).put(note),
    addPart: async (id, index, bytes) => (await opening).addPart(id, index, bytes),
    parts: async (id) => (await opening).parts(id),
    remove: async (id) => (await opening).remove(id),
    removeForeign: async (owner, before) => (await opening).removeForeign(owner, before),
  };
}

import type { BrowserStore } from '#lib/storage/browser-store.ts';

const KEY = 'careconnect.data-saver';

/** https://wicg.github.io/savedata/, which not every browser has. */
interface NetworkInformation {
  readonly saveData?: boolean;
}

/** Whether this device sends and receives less than it could, because its person pays for it or has little of it. */
export class DataSaver {
  isOn: boolean;
  readonly #storage: BrowserStore;
  readonly #onChange: () => void;

  constructor(storage: BrowserStore, onChange: () => void) {
    this.#storage = storage;
    this.#onChange = onChange;
    const chosen = storage.getItem(KEY);
    this.isOn = $state(chosen === null ? asksToSave() : chosen === 'on');
  }

  /** Remembered on this device. */
  set(isOn: boolean): void {
    this.isOn = isOn;
    this.#storage.setItem(KEY, isOn ? 'on' : 'off');
    this.#onChange();
  }
}

/** The person has told the browser so, for all pages. */
function asksToSave(): boolean {
  const { connection } = navigator as { connection?: NetworkInformation };
  return connection?.saveData === true;
}

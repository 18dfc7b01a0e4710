import type { BrowserStore } from '#lib/storage/browser-store.ts';

export type DeviceKind = 'camera' | 'microphone' | 'speaker';

const KEY = 'careconnect.devices';

export type DeviceChoice = Partial<Record<DeviceKind, string>>;

/** The devices this person chose last time on this machine. */
export function readDeviceChoice(storage: BrowserStore): DeviceChoice {
  try {
    const stored: unknown = JSON.parse(storage.getItem(KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    const choice: DeviceChoice = {};
    for (const kind of ['camera', 'microphone', 'speaker'] as const) {
      const id = (stored as Readonly<Record<string, unknown>>)[kind];
      if (typeof id === 'string') choice[kind] = id;
    }
    return choice;
  } catch {
    return {}; // what is kept there may be of another version; a default device is fine
  }
}

export function rememberDevice(storage: BrowserStore, kind: DeviceKind, deviceId: string): void {
  storage.setItem(KEY, JSON.stringify({ ...readDeviceChoice(storage), [kind]: deviceId }));
}

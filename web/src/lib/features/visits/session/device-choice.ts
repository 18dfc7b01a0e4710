export type DeviceKind = 'camera' | 'microphone' | 'speaker';

const KEY = 'careconnect.devices';

export type DeviceChoice = Partial<Record<DeviceKind, string>>;

/** The devices this person chose last time on this machine. */
export function readDeviceChoice(storage: Storage): DeviceChoice {
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
    return {}; // private windows may refuse storage; a default device is fine
  }
}

export function rememberDevice(storage: Storage, kind: DeviceKind, deviceId: string): void {
  try {
    storage.setItem(KEY, JSON.stringify({ ...readDeviceChoice(storage), [kind]: deviceId }));
  } catch {
    // Not remembering is all that is lost.
  }
}

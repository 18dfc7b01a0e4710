import type { BrowserStore } from '#lib/storage/browser-store.ts';
import type { SeatMemory } from '../seat/seat-memory.ts';
import { capture, captureBoth, type CaptureSource } from './capture.ts';
import { readDeviceChoice, rememberDevice, type DeviceKind } from './device-choice.ts';
import { LocalSource } from './local-source.svelte.ts';
import { onPageReturn } from './page-return.ts';
import { ScreenShare } from './screen-share.svelte.ts';

export interface DeviceOption {
  readonly id: string;
  readonly label: string;
}

export type DeviceOptions = Readonly<Record<DeviceKind, readonly DeviceOption[]>>;

const NO_DEVICES: DeviceOptions = { camera: [], microphone: [], speaker: [] };
const KIND_OF_NATIVE: Readonly<Record<MediaDeviceKind, DeviceKind>> = {
  videoinput: 'camera',
  audioinput: 'microphone',
  audiooutput: 'speaker',
};

interface LocalMediaOptions {
  readonly storage: BrowserStore;
  /** What the person had switched off before this page was loaded stays off. */
  readonly memory: Pick<SeatMemory, 'isOff' | 'setOff'>;
  readonly onChange: () => void;
}

/**
 * This person's own camera, microphone, speaker and screen. Problems mend themselves: a device that is
 * plugged in, a permission that is given or what a phone call took is picked up without a reload.
 */
export class LocalMedia {
  readonly camera: LocalSource;
  readonly microphone: LocalSource;
  readonly screen: ScreenShare;
  devices = $state.raw<DeviceOptions>(NO_DEVICES);
  /** Empty for the system's default. */
  speakerId = $state('');

  readonly #storage: BrowserStore;
  readonly #memory: LocalMediaOptions['memory'];
  readonly #ending = new AbortController();

  constructor({ storage, memory, onChange }: LocalMediaOptions) {
    this.#storage = storage;
    this.#memory = memory;
    const create = (source: CaptureSource) =>
      new LocalSource(source, {
        isOn: !memory.isOff(source),
        onChange,
        onSwitch: (isOn) => memory.setOff(source, !isOn),
      });
    this.camera = create('camera');
    this.microphone = create('microphone');
    this.screen = new ScreenShare(onChange);
    const choice = readDeviceChoice(storage);
    this.camera.deviceId = choice.camera;
    this.microphone.deviceId = choice.microphone;
    this.speakerId = choice.speaker ?? '';
  }

  async start(): Promise<void> {
    const { signal } = this.#ending;
    onPageReturn(() => void this.#wake(), signal);
    await this.#open();
    if (signal.aborted) return;
    const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
    mediaDevices?.addEventListener('devicechange', () => void this.#devicesChanged(), { signal });
    await Promise.all([
      this.#listDevices(),
      this.#watchPermission('camera'),
      this.#watchPermission('microphone'),
    ]);
  }

  async choose(kind: DeviceKind, deviceId: string): Promise<void> {
    rememberDevice(this.#storage, kind, deviceId);
    if (kind === 'speaker') this.speakerId = deviceId;
    else await this[kind].choose(deviceId);
  }

  /** Leaves the devices to another window: some give them to one only. */
  rest(): void {
    this.camera.rest();
    this.microphone.rest();
    this.screen.stop();
  }

  /** Takes the devices up again, with what the person has switched on and off in another window. */
  recall(): void {
    for (const source of [this.camera, this.microphone]) {
      const isOn = !this.#memory.isOff(source.source);
      if (source.isOn !== isOn) void source.setOn(isOn);
      void source.revive();
    }
  }

  /** Lets go of all devices. Safe to call again. */
  close(): void {
    this.#ending.abort();
    this.camera.close();
    this.microphone.close();
    this.screen.close();
  }

  /** Asks for both devices with one question. A camera that is off stays dark. */
  async #open(): Promise<void> {
    const { camera, microphone } = this;
    const [cameraId, microphoneId] = [camera.deviceId, microphone.deviceId];
    if (camera.isOn) {
      const found = await captureBoth({
        ...(cameraId ? { camera: cameraId } : {}),
        ...(microphoneId ? { microphone: microphoneId } : {}),
      });
      camera.take(found.camera);
      microphone.take(found.microphone);
    } else {
      camera.isOpening = false;
      microphone.take(await capture('microphone', microphoneId));
    }
    await Promise.all([camera.correct(cameraId), microphone.correct(microphoneId)]);
  }

  async #devicesChanged(): Promise<void> {
    await this.#listDevices();
    await Promise.all([this.#mend(this.camera), this.#mend(this.microphone)]);
  }

  async #mend(source: LocalSource): Promise<void> {
    // What the system holds back comes of itself, and is lost by asking for it meanwhile.
    if (source.problem === 'interrupted') return;
    if (source.problem && source.isOn) await source.reopen();
    else await source.bringBack(this.devices[source.source].map(({ id }) => id));
    await this.#listDevices();
  }

  async #wake(): Promise<void> {
    await Promise.all([this.camera.wake(), this.microphone.wake()]);
    await this.#listDevices();
  }

  async #listDevices(): Promise<void> {
    const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
    if (!mediaDevices) return;
    // A policy may forbid the list; the devices themselves work without a choice.
    const found = await mediaDevices.enumerateDevices().catch(() => []);
    const options: Record<DeviceKind, DeviceOption[]> = { camera: [], microphone: [], speaker: [] };
    for (const { kind, deviceId, label } of found) {
      // Before permission is given ids and labels are empty: there is nothing to choose from.
      if (deviceId && label) options[KIND_OF_NATIVE[kind]].push({ id: deviceId, label });
    }
    this.devices = options;
  }

  async #watchPermission(name: CaptureSource): Promise<void> {
    try {
      const permission = await navigator.permissions.query({ name });
      permission.addEventListener(
        'change',
        () => {
          // Whoever lets the browser ask again has lifted a block, and means to be asked.
          if (permission.state !== 'denied') void this.#mend(this[name]);
        },
        { signal: this.#ending.signal },
      );
    } catch {
      // Browsers that cannot tell still have the "try again" button.
    }
  }
}

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaptureSource } from './capture.ts';
import { LocalSource } from './local-source.svelte.ts';
import { FakeDevices } from './testing/fake-devices.ts';

const DENIED = new DOMException('Permission denied', 'NotAllowedError');

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('what a phone call takes', () => {
  it('is not sent, though nobody has muted it, and says why', async () => {
    const { source, devices, sent } = await aSource('microphone');
    devices.latest.silence();
    expect(source).toMatchObject({ isOn: true, isLive: false, problem: 'interrupted' });
    expect(sent.at(-1)).toBe(false);
  });

  it('is a new microphone when the call is over: iOS says of the old one that it is heard', async () => {
    const { source, devices, sent } = await aSource('microphone');
    const before = devices.latest;
    before.silence();
    before.handBack();
    await vi.waitFor(() => expect(source.isLive).toBe(true));
    expect(devices.latest).not.toBe(before);
    expect(before.readyState).toBe('ended');
    expect(sent.at(-1)).toBe(true);
  });

  it('stays muted where the person has muted it meanwhile', async () => {
    const { source, devices, sent } = await aSource('microphone');
    devices.latest.silence();
    await source.setOn(false);
    devices.latest.handBack();
    await vi.waitFor(() => expect(source.problem).toBeNull());
    expect(devices.latest.enabled).toBe(false);
    expect(sent.at(-1)).toBe(false);
  });

  it('is the same camera when the system lets it go on', async () => {
    const { source, devices } = await aSource('camera');
    devices.latest.silence();
    expect(source.isLive).toBe(false);
    devices.latest.handBack();
    expect(source).toMatchObject({ isLive: true, problem: null });
    expect(devices.opened).toHaveLength(1);
  });

  it.each(['camera', 'microphone'] as const)(
    'is opened anew when the person returns and the %s is still silent',
    async (kind) => {
      const { source, devices } = await aSource(kind);
      devices.latest.silence();
      await source.wake();
      await vi.runAllTimersAsync();
      expect(source.isLive).toBe(true);
      expect(devices.opened).toHaveLength(2);
    },
  );

  it('is left alone when the system hands it back by itself on return', async () => {
    const { source, devices } = await aSource('camera');
    devices.latest.silence();
    await source.wake();
    devices.latest.handBack();
    await vi.runAllTimersAsync();
    expect(source.isLive).toBe(true);
    expect(devices.opened).toHaveLength(1);
  });

  it('is opened anew on return where it has ended and could not be opened in the background', async () => {
    const { source, devices } = await aSource('microphone');
    devices.refusal = new DOMException('Failed', 'AbortError');
    devices.latest.end();
    await vi.waitFor(() => expect(source.problem).toBe('failed'));
    devices.refusal = null;
    await source.wake();
    expect(source.isLive).toBe(true);
  });

  it('comes as soon as it is there, when a visit begins during the call', async () => {
    const devices = new FakeDevices('phone');
    devices.isHeld = true;
    const { source } = await aSource('microphone', devices);
    expect(source).toMatchObject({ isLive: false, problem: 'interrupted' });
    devices.latest.handBack();
    expect(source.isLive).toBe(true);
    expect(devices.opened, 'a silent beginning is no interruption').toHaveLength(1);
  });

  it('comes with a press where the system has forgotten to hand it back', async () => {
    const { source, devices } = await aSource('microphone');
    devices.latest.silence();
    await source.setOn(true);
    expect(source.isLive).toBe(true);
  });

  it('comes by itself after the call, also where a press in the middle of it was in vain', async () => {
    const { source, devices } = await aSource('microphone');
    devices.latest.silence();
    devices.refusal = new DOMException('The call has it', 'AbortError');
    await source.setOn(true);
    expect(source.problem).toBe('interrupted');
    devices.refusal = null;
    await vi.runAllTimersAsync();
    expect(source.isLive).toBe(true);
  });

  it('is forgotten with the camera that it took, once that is switched off', async () => {
    const { source, devices } = await aSource('camera');
    devices.latest.silence();
    await source.setOn(false);
    expect(source.problem).toBeNull();
    await source.setOn(true);
    expect(source.isLive).toBe(true);
  });
});

describe('a device that is pulled out', () => {
  it('tells the others at once, before another one is open', async () => {
    const { devices, sent } = await aSource('camera', new FakeDevices('desk camera', 'lid camera'));
    devices.pluggedIn = ['lid camera'];
    devices.latest.end();
    expect(sent.at(-1)).toBe(false);
  });

  it('gives way to another, and comes back when it is plugged in', async () => {
    const { source, devices } = await aSource('camera', new FakeDevices('desk camera', 'lid camera'));
    devices.pluggedIn = ['lid camera'];
    devices.latest.end();
    await vi.waitFor(() => expect(source.lastSwap).toEqual({ to: 'The lid camera', isBack: false }));
    expect(source).toMatchObject({ isLive: true, usedId: 'lid camera' });

    await source.bringBack(['lid camera']);
    expect(devices.opened, 'nothing has come back').toHaveLength(2);
    devices.pluggedIn = ['lid camera', 'desk camera'];
    await source.bringBack(devices.pluggedIn);
    expect(source).toMatchObject({
      isLive: true,
      usedId: 'desk camera',
      lastSwap: { to: 'The desk camera', isBack: true },
    });
    expect(devices.opened[1]?.readyState).toBe('ended');
  });

  it('leaves the one that stands in alone while its own place is taken', async () => {
    const { source, devices } = await aSource('camera', new FakeDevices('desk camera', 'lid camera'));
    devices.pluggedIn = ['lid camera'];
    devices.latest.end();
    await vi.waitFor(() => expect(source.usedId).toBe('lid camera'));
    devices.refusal = new DOMException('Could not start video source', 'NotReadableError');
    await source.bringBack(['lid camera', 'desk camera']);
    expect(source).toMatchObject({ isLive: true, usedId: 'lid camera', problem: null, isOpening: false });
  });

  it('is missed where there is no other, until it is there again', async () => {
    const { source, devices } = await aSource('microphone', new FakeDevices('headset'));
    devices.pluggedIn = [];
    devices.latest.end();
    await vi.waitFor(() => expect(source.problem).toBe('none'));
    expect(source.lastSwap).toBeNull();
    devices.pluggedIn = ['headset'];
    await source.reopen();
    expect(source).toMatchObject({ isLive: true, problem: null });
  });

  it('does not come back over another that the person has chosen meanwhile', async () => {
    const { source, devices } = await aSource('camera', new FakeDevices('desk camera', 'lid camera'));
    devices.pluggedIn = ['lid camera', 'third camera'];
    devices.latest.end();
    await vi.waitFor(() => expect(source.usedId).toBe('lid camera'));
    await source.choose('third camera');
    await source.bringBack(['lid camera', 'third camera', 'desk camera']);
    expect(source.usedId).toBe('third camera');
  });
});

describe('a return to the page', () => {
  it('asks nobody again who has refused', async () => {
    const devices = new FakeDevices('phone');
    devices.refusal = DENIED;
    const { source } = await aSource('camera', devices);
    devices.refusal = null;
    await source.wake();
    expect(source.problem).toBe('denied');
  });

  it('finds the permission that was taken and given back', async () => {
    const { source, devices } = await aSource('camera');
    devices.refusal = DENIED;
    devices.latest.end();
    await vi.waitFor(() => expect(source.problem).toBe('denied'));
    devices.refusal = null;
    await source.wake();
    expect(source.isLive).toBe(true);
  });

  it('leaves alone what works, and what is off', async () => {
    const { source, devices } = await aSource('camera');
    await source.wake();
    await source.setOn(false);
    await source.wake();
    await vi.runAllTimersAsync();
    expect(devices.opened).toHaveLength(1);
  });
});

describe('another window that has the visit', () => {
  it('gets the devices, whatever happens to them here meanwhile, and gives them back', async () => {
    const { source, devices } = await aSource('microphone');
    source.rest();
    expect(devices.latest.readyState).toBe('ended');
    await source.wake();
    await source.reopen();
    await vi.runAllTimersAsync();
    expect(devices.opened).toHaveLength(1);
    await source.revive();
    expect(source.isLive).toBe(true);
  });

  it('gets a device that was just being opened', async () => {
    const { source, devices } = await aSource('camera');
    const opening = source.reopen();
    source.rest();
    await opening;
    expect(devices.opened.map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
    expect(source.track).toBeNull();
  });
});

/** A camera or microphone that is open, unless `devices` refuse. `sent` has what was published: live or not. */
async function aSource(kind: CaptureSource, devices = new FakeDevices('phone')) {
  vi.stubGlobal('navigator', devices.navigator);
  const sent: boolean[] = [];
  const source: LocalSource = new LocalSource(kind, {
    isOn: true,
    onChange: () => sent.push(source.outgoing('live').isLive),
    onSwitch: () => undefined,
  });
  source.isOpening = false;
  await source.reopen();
  return { source, devices, sent };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../scripts/stack/free-port.ts';

/** Where Debian's package puts it. */
const BINARY = '/usr/bin/janus';
const READY_POLL_MS = 50;
const READY_TIMEOUT_MS = 10_000;

export interface JanusProcess {
  readonly pid: number;
  /** Address of the HTTP API. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * An address of this machine that is not loopback, or null. libnice, which Janus uses, gathers no
 * candidates on loopback; packets to one's own address stay inside the kernel all the same.
 */
export function ownAddress(): string | null {
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? null;
}

export function isJanusInstalled(): boolean {
  try {
    accessSync(BINARY, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts Janus with a configuration of its own, out of the way of an installed service. */
export async function startJanus(address: string): Promise<JanusProcess> {
  const directory = mkdtempSync(join(tmpdir(), 'careconnect-janus-'));
  const port = await freePort();
  writeConfiguration(directory, port, address);
  const child = spawn(
    BINARY,
    ['--configs-folder', directory, '--config', join(directory, 'janus.jcfg'), '--disable-colors'],
    { stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}/janus`;
  // Whatever happens to the bench, Janus does not outlive it.
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const stop = async (): Promise<void> => {
    process.off('exit', killWithUs);
    child.kill('SIGTERM');
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await untilReady(url, () => child.exitCode !== null || child.signalCode !== null);
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: child.pid ?? 0, url, stop };
}

async function untilReady(url: string, hasEnded: () => boolean): Promise<void> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (hasEnded()) throw new Error('Janus ended while it started.');
    if (
      await fetch(`${url}/info`).then(
        (response) => response.ok,
        () => false,
      )
    )
      return;
    await sleep(READY_POLL_MS);
  }
  throw new Error('Janus did not answer in time.');
}

function writeConfiguration(directory: string, port: number, address: string): void {
  const files = {
    'janus.jcfg': `
      general: { debug_level = 1 session_timeout = 0 }
      nat: { ice_enforce_list = "${address}" ice_ignore_list = "" full_trickle = false }
      plugins: { disable = "libjanus_audiobridge.so,libjanus_duktape.so,libjanus_echotest.so,libjanus_lua.so,libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_streaming.so,libjanus_textroom.so,libjanus_videocall.so,libjanus_voicemail.so" }
      transports: { disable = "libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so,libjanus_websockets.so" }
      events: { broadcast = false }
    `,
    'janus.transport.http.jcfg': `
      general: { json = "compact" base_path = "/janus" http = true port = ${port} ip = "127.0.0.1" https = false }
      admin: { admin_http = false admin_https = false }
    `,
    'janus.plugin.videoroom.jcfg': 'general: { }\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
}

import type { FetchOutbound } from '@careconnect/platform';
import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSupportedCountry, type CountryCode } from 'libphonenumber-js/max';

export interface Sms {
  /** In E.164: `+923001234567`. */
  readonly to: string;
  readonly text: string;
  /** When nobody needs it any more: a gateway that is late keeps it to itself. */
  readonly validForSeconds: number;
}

export interface SmsGateway {
  /** Where messages may go to. The first is meant where a number has no country code. */
  readonly countries: readonly CountryCode[];
  /** Resolves when the gateway has taken the message (or the file is written). */
  send(sms: Sms): Promise<void>;
}

export interface HttpSmsGatewayOptions {
  readonly countries: readonly CountryCode[];
  /** `https://api.twilio.com`, or whoever else speaks its Messages API. */
  readonly url: string;
  readonly account: string;
  readonly token: string;
  /** A number in E.164, the name that is shown as the sender, or a messaging service (`MG…`). */
  readonly from: string;
  readonly fetchOutbound: FetchOutbound;
  /** Between two tries. */
  readonly pauseMs?: number;
}

const MAX_TRIES = 3;
const PAUSE_MS = 1_000;
/** `MG` and 32 digits of hexadecimal: a messaging service, which has numbers of its own. */
const MESSAGING_SERVICE = /^MG[0-9a-f]{32}$/i;

/**
 * Twilio's Messages API, which other gateways speak as well. It knows no idempotency key, so a message is tried again
 * only where the gateway has certainly not taken it: a late answer may be one that was sent, and nobody is sent two codes.
 */
export function createHttpSmsGateway(options: HttpSmsGatewayOptions): SmsGateway {
  const { countries, url, account, token, from, fetchOutbound, pauseMs = PAUSE_MS } = options;
  const address = new URL(`/2010-04-01/Accounts/${encodeURIComponent(account)}/Messages.json`, url).href;
  const headers = {
    authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
  };
  const sender = MESSAGING_SERVICE.test(from) ? { MessagingServiceSid: from } : { From: from };

  return {
    countries,
    async send({ to, text, validForSeconds }) {
      const form = { To: to, Body: text, ValidityPeriod: String(validForSeconds), ...sender };
      const body = new URLSearchParams(form).toString();
      for (let attempt = 1; ; attempt += 1) {
        const { status, body: answer } = await fetchOutbound(address, { method: 'POST', headers, body });
        if (status >= 200 && status < 300) return;
        if (!isNotTaken(status) || attempt === MAX_TRIES) throw refused(status, answer);
        await sleep(attempt * pauseMs);
      }
    },
  };
}

/** Too many at once, or nobody there to take it: it says so before it has looked at the message. */
function isNotTaken(status: number): boolean {
  return status === 429 || status === 503;
}

/** With the gateway's own number for what is wrong, and without its words, which repeat the phone's. */
function refused(status: number, answer: Buffer): Error {
  const [, code = 'none'] = /"code"\s*:\s*(\d{1,9})/.exec(answer.toString('utf8')) ?? [];
  return new Error(`the SMS gateway answered ${status}, with its code ${code}`);
}

export interface SmsSettings {
  readonly SMS_URL?: string | undefined;
  readonly SMS_ACCOUNT?: string | undefined;
  readonly SMS_TOKEN?: string | undefined;
  readonly SMS_FROM?: string | undefined;
  readonly SMS_COUNTRIES: readonly string[];
  readonly SMS_DIR?: string | undefined;
}

/**
 * Null with neither a gateway nor a folder.
 * @throws when the settings name half of a gateway, or no country: a gateway that sends everywhere is emptied overnight
 */
export function openSmsGateway(settings: SmsSettings, fetchOutbound: FetchOutbound): SmsGateway | null {
  const { SMS_URL: url, SMS_ACCOUNT: account, SMS_TOKEN: token, SMS_FROM: from, SMS_DIR } = settings;
  if (url === undefined && SMS_DIR === undefined) return null;
  const countries = settings.SMS_COUNTRIES.filter((country) => isSupportedCountry(country));
  if (countries.length === 0) throw new Error('SMS_COUNTRIES: must name where text messages may go');
  if (url === undefined) return createFileSmsGateway(countries, SMS_DIR ?? '');
  if (!account || !token || !from) throw new Error('SMS_URL needs SMS_ACCOUNT, SMS_TOKEN and SMS_FROM');
  return createHttpSmsGateway({ countries, url, account, token, from, fetchOutbound });
}

/** Keeps every message as a file, for development. */
export function createFileSmsGateway(countries: readonly CountryCode[], directory: string): SmsGateway {
  return {
    countries,
    async send({ to, text }) {
      await mkdir(directory, { recursive: true });
      const file = join(directory, `${Date.now()}-${randomUUID()}.txt`);
      // Codes are in it: for the owner's eyes.
      await writeFile(`${file}.part`, `To: ${to}\n\n${text}\n`, { mode: 0o600 });
      // Whoever looks into the folder finds whole messages only.
      await rename(`${file}.part`, file);
    },
  };
}

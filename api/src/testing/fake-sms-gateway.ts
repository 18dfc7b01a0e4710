import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createFetchOutbound } from '@careconnect/platform';
import { createHttpSmsGateway, type SmsGateway } from '../core/sms-gateway.ts';

export interface TakenSms {
  readonly to: string;
  readonly from: string;
  readonly text: string;
  readonly validForSeconds: number;
}

/** The Messages API of Twilio for one account: what it takes, it remembers. */
export interface FakeSmsGateway {
  /** The real adapter, which speaks to this over HTTP. */
  readonly gateway: SmsGateway;
  readonly taken: readonly TakenSms[];
  /** How often it was asked, answers that refused included. */
  readonly asked: () => number;
  /** It answers the next questions so, one after the other. */
  refuseNext(...statuses: number[]): void;
  /** The last code that this number was sent. */
  codeTo(phone: string): string;
  close(): Promise<void>;
}

const ACCOUNT = `AC${'0123456789abcdef'.repeat(2)}`;
const FROM = 'CareConnect';

export async function startFakeSmsGateway(): Promise<FakeSmsGateway> {
  const token = randomBytes(16).toString('hex');
  const taken: TakenSms[] = [];
  const refusals: number[] = [];
  let asked = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    asked += 1;
    const form = new URLSearchParams(await text(request));
    const send = (status: number, body: object) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const right = `Basic ${Buffer.from(`${ACCOUNT}:${token}`).toString('base64')}`;
    const isThere =
      request.method === 'POST' && request.url === `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`;
    if (!isThere) return send(404, { code: 20404, message: 'The requested resource was not found' });
    if (request.headers.authorization !== right) return send(401, { code: 20003, message: 'Authenticate' });
    const refusal = refusals.shift();
    if (refusal !== undefined) return send(refusal, { code: 20429, message: `no, ${form.get('To')}` });
    const [to = '', body = ''] = [form.get('To') ?? '', form.get('Body') ?? ''];
    if (!/^\+[1-9]\d{6,14}$/.test(to)) return send(400, { code: 21211, message: `Invalid 'To': ${to}` });
    if (body === '') return send(400, { code: 21602, message: 'Message body is required' });
    const from = form.get('From') ?? form.get('MessagingServiceSid') ?? '';
    taken.push({ to, from, text: body, validForSeconds: Number(form.get('ValidityPeriod')) });
    send(201, { sid: `SM${randomBytes(16).toString('hex')}`, status: 'queued', to, body });
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    gateway: createHttpSmsGateway({
      countries: ['PK', 'GB'],
      url: `http://127.0.0.1:${port}`,
      ...{ account: ACCOUNT, token, from: FROM },
      fetchOutbound: createFetchOutbound({ allowed: [`127.0.0.1:${port}`] }),
      pauseMs: 1,
    }),
    taken,
    asked: () => asked,
    refuseNext: (...statuses) => void refusals.push(...statuses),
    codeTo(phone) {
      const last = taken.findLast(({ to }) => to === phone);
      const [code] = /\d{6}/.exec(last?.text ?? '') ?? [];
      if (code === undefined) throw new Error(`no code was sent to ${phone}`);
      return code;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

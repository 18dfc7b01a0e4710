import { endpoints } from '@careconnect/contracts';
import type { FakeSmsGateway } from '../../../testing/fake-sms-gateway.ts';
import type { TestApi } from '../../../testing/test-api.ts';
import type { TestClient } from '../../../testing/test-client.ts';

/** Shows that a number is the person's, as they do it. */
export async function provePhone(
  api: TestApi,
  sms: Pick<FakeSmsGateway, 'codeTo'>,
  client: TestClient,
  phone: string,
): Promise<void> {
  await client.call(endpoints.phones.begin, { body: { phone, language: 'en' } });
  await api.settled();
  await client.call(endpoints.phones.confirm, { body: { code: sms.codeTo(phone), language: 'en' } });
}

/** Has them asked for codes by SMS from now on. */
export async function askForSms(
  api: TestApi,
  sms: Pick<FakeSmsGateway, 'codeTo'>,
  client: TestClient,
  phone: string,
): Promise<void> {
  await provePhone(api, sms, client, phone);
  await client.call(endpoints.sentCodes.send, { body: { channel: 'sms', language: 'en' } });
  await api.settled();
  const body = { code: sms.codeTo(phone) };
  await client.call(endpoints.sentCodes.turnOn, { params: { channel: 'sms' }, body });
}

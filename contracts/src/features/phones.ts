import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint.ts';
import { ALL_ROLES } from '../core/roles.ts';
import { Language, line, NoBody, NoContent, NoParams, NoQuery } from '../core/values.ts';
import { FactorCode } from './auth.ts';
import { SentCode } from './sent-codes.ts';

/** The phone of an account, which its owner has shown to be theirs. */
export const OwnPhone = z.object({
  /** False where nothing sends text messages. */
  isOffered: z.boolean(),
  /** With its country code and blanks, as people read it. */
  phone: z.string().nullable(),
});
export type OwnPhone = z.infer<typeof OwnPhone>;

const own = {
  path: '/api/v1/account/phone',
  access: { kind: 'roles', roles: ALL_ROLES },
  params: NoParams,
  query: NoQuery,
  isAboutPerson: true,
  inSsoSession: 'madeBySso',
} as const;

export const phoneEndpoints = {
  get: defineEndpoint({
    ...own,
    method: 'GET',
    summary: 'The phone of the person who asks',
    body: NoBody,
    response: OwnPhone,
    status: 200,
    errors: [],
    beforeSecondFactor: true,
  }),
  begin: defineEndpoint({
    ...own,
    method: 'POST',
    summary: 'Send a code to a phone that is to be the person’s own',
    description:
      'The one that is there stays until the code is confirmed. A number without its country code is taken as one of the first country that messages go to.',
    body: z.strictObject({ phone: line(32), language: Language }),
    response: SentCode,
    status: 201,
    errors: ['PHONE_INVALID', 'PHONE_NOT_SERVED', 'CODES_NOT_OFFERED'],
    limit: 'proof',
    needsConfirmation: true,
  }),
  confirm: defineEndpoint({
    ...own,
    method: 'PUT',
    summary: 'Make the phone the person’s own, with the code that it was sent',
    description: 'The phone before it is told.',
    body: z.strictObject({ code: FactorCode.shape.code, language: Language }),
    response: NoContent,
    status: 204,
    errors: ['CODE_WRONG', 'PHONE_TAKEN'],
    limit: 'proof',
    needsConfirmation: true,
  }),
  remove: defineEndpoint({
    ...own,
    method: 'DELETE',
    summary: 'Forget the phone, and with it codes by text message',
    body: NoBody,
    response: NoContent,
    status: 204,
    errors: ['SECOND_FACTOR_KEPT'],
    needsConfirmation: true,
  }),
} as const;

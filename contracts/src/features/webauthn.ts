import { z } from 'zod';

/** Bytes in a URL's alphabet, without padding, as WebAuthn writes them in JSON. */
const bytes = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[A-Za-z0-9_-]+$/);

/** WebAuthn level 3 section 5.1: at most 1023 bytes. */
const CredentialId = bytes(1_364);
const ClientData = bytes(4_096);

/** How a browser reaches an authenticator; those that it has not heard of, it leaves out. */
export const PasskeyTransport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);
export type PasskeyTransport = z.infer<typeof PasskeyTransport>;

const Descriptor = z.object({
  id: CredentialId,
  type: z.literal('public-key'),
  transports: z.array(PasskeyTransport),
});

/** What `navigator.credentials.create` is asked for. */
export const PasskeyCreationOptions = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: bytes(86), name: z.string(), displayName: z.string() }),
  challenge: bytes(86),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
  timeout: z.int().positive(),
  /** Those that the person has already: a device that holds one of them makes no second. */
  excludeCredentials: z.array(Descriptor),
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
  attestation: z.literal('none'),
});
export type PasskeyCreationOptions = z.infer<typeof PasskeyCreationOptions>;

/** What `navigator.credentials.get` is asked for. */
export const PasskeyRequestOptions = z.object({
  rpId: z.string(),
  challenge: bytes(86),
  timeout: z.int().positive(),
  /** Empty while nobody knows who is signing in: the device then shows those that it has. */
  allowCredentials: z.array(Descriptor),
  userVerification: z.literal('required'),
});
export type PasskeyRequestOptions = z.infer<typeof PasskeyRequestOptions>;

/** A new credential, as far as it is looked at: what browsers and extensions add besides is left out. */
export const PasskeyAttestation = z.strictObject({
  id: CredentialId,
  response: z.strictObject({
    clientDataJSON: ClientData,
    attestationObject: bytes(16_384),
    transports: z.array(PasskeyTransport).max(PasskeyTransport.options.length),
  }),
});
export type PasskeyAttestation = z.infer<typeof PasskeyAttestation>;

/** A signature by a credential, as far as it is looked at. */
export const PasskeyAssertion = z.strictObject({
  id: CredentialId,
  response: z.strictObject({
    clientDataJSON: ClientData,
    authenticatorData: bytes(4_096),
    signature: bytes(2_048),
    /** Which account the device keeps it for. */
    userHandle: bytes(86).optional(),
  }),
});
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>;

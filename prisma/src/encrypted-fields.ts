/** Where ciphertext stands: a column of text, of a row that its organization and its id name. */
export interface EncryptedColumn {
  readonly table: string;
  readonly column: string;
  readonly id: string;
  /** The column that names the organization; of what belongs to a person in all of theirs, the person. */
  readonly owner?: string;
  /** What a value from before the column was encrypted looks like, as no ciphertext does. */
  readonly plain?: RegExp;
}

/** Every column that holds ciphertext. Whatever rewrites or counts encrypted values goes by this table. */
export const ENCRYPTED_FIELDS = {
  'appointment.reason': { table: 'appointment', column: 'reason', id: 'id' },
  'visit.reason': { table: 'visit', column: 'reason', id: 'id' },
  'patient.allergies_note': { table: 'patient', column: 'allergies_note', id: 'id' },
  'patient.phone': { table: 'patient', column: 'phone', id: 'id', plain: /^[+0-9 ()./-]*$/ },
  'patient.email': { table: 'patient', column: 'email', id: 'id', plain: /@/ },
  'patient_correction.changes': { table: 'patient_correction', column: 'changes', id: 'id' },
  'totp_credential.secret': { table: 'totp_credential', column: 'secret', id: 'id', owner: 'user_id' },
  'user_account.phone': { table: 'user_account', column: 'phone', id: 'id', owner: 'id' },
  'sent_code.new_phone': { table: 'sent_code', column: 'new_phone', id: 'id', owner: 'user_id' },
  'sso_connection.client_secret': { table: 'sso_connection', column: 'client_secret', id: 'id' },
  'erasure_request.reason': { table: 'erasure_request', column: 'reason', id: 'id' },
  'held_record.content': { table: 'held_record', column: 'content', id: 'id' },
  'chat_message.body': { table: 'chat_message', column: 'body', id: 'id' },
  'emergency_access.reason': { table: 'emergency_access', column: 'reason', id: 'id' },
  'emergency_access_review.note': {
    table: 'emergency_access_review',
    column: 'note',
    id: 'emergency_access_id',
  },
} as const satisfies Readonly<Record<string, EncryptedColumn>>;

export type EncryptedField = keyof typeof ENCRYPTED_FIELDS;

/** True for a value from before its column was encrypted. */
export function isFormerPlain(field: EncryptedField, stored: string): boolean {
  const column: EncryptedColumn = ENCRYPTED_FIELDS[field];
  return column.plain?.test(stored) ?? false;
}

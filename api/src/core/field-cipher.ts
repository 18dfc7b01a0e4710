/** The cipher itself lives beside the schema, because the seed writes what api reads. */
export type { EncryptedField, FieldCipher } from '@careconnect/prisma';

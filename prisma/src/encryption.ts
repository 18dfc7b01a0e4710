/** What is encrypted and with whose keys: nothing here touches a database. */
export * from './account-phone.ts';
export * from './encrypted-fields.ts';
export * from './keys/key-management.ts';
export * from './keys/key-settings.ts';
export * from './patient-contact.ts';

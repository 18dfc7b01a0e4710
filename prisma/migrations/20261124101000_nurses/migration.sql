-- Staff who prepare visits (docs/adr/0022-roles-and-departments.md).
ALTER TYPE role ADD VALUE 'nurse';

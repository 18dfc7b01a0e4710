-- A migration of their own: PostgreSQL takes a new value of an enum only after its commit.
ALTER TYPE membership_status ADD VALUE 'removed';
ALTER TYPE identity_link_purpose ADD VALUE 'invitation';

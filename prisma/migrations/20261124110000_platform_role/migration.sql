-- A migration of its own: PostgreSQL takes a new value of an enum only after its commit.
ALTER TYPE role ADD VALUE 'platformAdmin';

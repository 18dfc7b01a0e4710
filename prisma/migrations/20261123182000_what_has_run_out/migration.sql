-- For the sweep of what has run out. Samples come in the order of time, so a few pages of summary find the oldest.
CREATE INDEX quality_sample_at_idx ON quality_sample USING brin (at);
CREATE INDEX session_expires_at_idx ON session (expires_at);

-- How much has been written in a visit, carried on from message to message: the cap is held by looking at the
-- newest one alone, and of two messages that start from the same total the unique sequence number refuses one.
ALTER TABLE "chat_message" ADD COLUMN "total_bytes" INTEGER;

-- The length of a text follows from its ciphertext, `v1.` and base64url of 12 bytes of nonce, the text and 16 of tag.
UPDATE chat_message m
   SET total_bytes = counted.total
  FROM (SELECT id, sum(greatest(1, (octet_length(body) - strpos(body, '.')) * 3 / 4 - 28))
                     OVER (PARTITION BY visit_id ORDER BY sequence) AS total
          FROM chat_message) counted
 WHERE counted.id = m.id;

ALTER TABLE "chat_message" ALTER COLUMN "total_bytes" SET NOT NULL;
ALTER TABLE chat_message ADD CONSTRAINT chat_message_total_bytes_is_positive CHECK (total_bytes > 0);

-- One message to one person. `facts` (JSON, small) is what it is written from when it is sent or looked at: a row is kept,
-- never a page, and never a secret. `subject` is the raw id of what it is about; told twice, it is one message.
CREATE TABLE notify_message (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  subject BIGINT NOT NULL,
  recipient TEXT NOT NULL,
  language TEXT NOT NULL,
  facts TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'skipped')),
  attempts BIGINT NOT NULL,
  error TEXT NOT NULL,
  at BIGINT NOT NULL,
  queued_at BIGINT NOT NULL,
  ended_at BIGINT
);
-- Subjects are in order of time, so that new messages are neighbours here.
CREATE UNIQUE INDEX notify_message_once ON notify_message (subject, kind, recipient);
CREATE INDEX notify_message_recipient ON notify_message (recipient, id);
CREATE INDEX notify_message_state ON notify_message (state, id);

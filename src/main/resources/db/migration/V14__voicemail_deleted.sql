-- Messages that are not in their mailbox any more.
alter table voicemail add column deleted_at timestamptz;

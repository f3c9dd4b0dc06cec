-- When the caller was routed to the mailbox: the message is for whom it belonged to then. Of those
-- that are there already it is not known any more, and they stay where they are.
alter table voicemail add column routed_at timestamptz;
update voicemail set routed_at = left_at;
alter table voicemail alter column routed_at set not null;

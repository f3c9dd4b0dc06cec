-- Messages in mailboxes. Their sound is the recording of the call.
create table voicemail (
  id          bigint generated always as identity primary key,
  recording   uuid        not null unique,
  mailbox     text        not null,
  call_id     text        not null,
  caller      text        not null,
  caller_name text        not null,
  left_at     timestamptz not null,
  heard_at    timestamptz
);
create index voicemail_of on voicemail (mailbox, id desc);
create index voicemail_new on voicemail (mailbox, id desc) where heard_at is null;

-- When a message is to be told by e-mail; null: nothing is left to do.
alter table voicemail
  add column mail_at    timestamptz,
  add column mail_tries int not null default 0;
alter table voicemail alter column mail_at set default now();
create index voicemail_mail on voicemail (mail_at) where mail_at is not null;

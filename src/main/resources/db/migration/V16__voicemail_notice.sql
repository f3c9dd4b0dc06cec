-- In which ways a message is still to be told, and when. What was told, or will not be, has no row.
create table voicemail_notice (
  recording uuid        not null references voicemail (recording) on delete cascade,
  way       text        not null check (way in ('email', 'sms')),
  at        timestamptz not null default now(),
  tries     int         not null default 0,
  primary key (recording, way)
);
create index voicemail_notice_due on voicemail_notice (way, at);
insert into voicemail_notice (recording, way, at, tries)
  select recording, 'email', mail_at, mail_tries from voicemail where mail_at is not null;
alter table voicemail drop column mail_at, drop column mail_tries;

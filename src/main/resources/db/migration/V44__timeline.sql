-- What happened with somebody, and what was recorded, newest first, however many calls there are.
create index profile_note_when on profile_note (profile, created_at desc, id desc);
create index voicemail_of_call on voicemail (call_id);

-- Whether the conversation was recorded or a message was left, whatever became of the files.
alter table call_party add column recorded boolean not null default false;
update call_party p set recorded = true
from recording r join call_start s on s.id = r.call_id
where p.started_at = s.started_at and p.call_id = s.id;
create index call_party_recorded on call_party (party, started_at desc, call_id desc) include (direction, status)
  where recorded;
create index call_recorded on call (started_at desc, id desc)
  where record ? 'recording' or record -> 'messages' <> '[]';

-- The columns repeat what the list is filtered by: when the call began, in which order it is, and whether it is a message.
alter table recording
  add column call_started_at timestamptz,
  -- of none whose call has not ended
  add column direction       text,
  add column message         boolean not null default false;
update recording r set
  call_started_at = coalesce(
    (select s.started_at from call_start s where s.id = r.call_id), r.started_at),
  direction = (
    select c.direction from call_start s join call c on c.started_at = s.started_at and c.id = s.id
    where s.id = r.call_id),
  message = exists (select from voicemail v where v.recording = r.id);
alter table recording alter column call_started_at set not null;
create index recording_newest on recording (call_started_at desc, call_id desc, id desc) where state <> 'deleted';
create index recording_in_state on recording (state, call_started_at desc, call_id desc, id desc);
create index recording_in_direction on recording (direction, call_started_at desc, call_id desc, id desc)
  where state <> 'deleted';
create index recording_message on recording (call_started_at desc, call_id desc, id desc)
  where message and state <> 'deleted';

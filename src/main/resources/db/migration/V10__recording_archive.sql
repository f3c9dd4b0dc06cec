-- What people do to recordings: their names, that they were deleted and by whom, who listened.
alter table recording add column title text;
alter table recording add column deleted_at timestamptz;
alter table recording add column deleted_by text;
alter table recording drop constraint recording_state_check;
alter table recording add constraint recording_state_check
  check (state in ('expected', 'ready', 'missing', 'broken', 'deleted'));

-- The oldest first, for retention.
create index recording_kept on recording (cell, started_at) where state = 'ready';

create table recording_access (
  id        bigint generated always as identity primary key,
  recording uuid        not null,
  at        timestamptz not null default now(),
  who       text        not null,
  action    text        not null check (action in ('listened', 'downloaded', 'renamed', 'deleted'))
);
create index recording_access_of on recording_access (recording, id desc);

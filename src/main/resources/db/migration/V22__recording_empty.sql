-- A call in which no voice arrived has a recording without audio, which is no broken file.
alter table recording drop constraint recording_state_check;
alter table recording add constraint recording_state_check
  check (state in ('expected', 'ready', 'missing', 'empty', 'broken', 'deleted'));

-- The state of each extension as it was last told to subscribers, so that over restarts no change is
-- lost and none is told twice.
create table extension_state (
  extension text primary key,
  state text not null,
  since timestamptz not null
);

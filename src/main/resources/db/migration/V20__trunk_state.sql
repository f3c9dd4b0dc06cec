-- The latest state of each trunk, and since when it is so: a restart of Tamas does not change it.
create table trunk_state (
  trunk  text primary key,
  state  text not null,
  since  timestamptz not null,
  reason text not null
);

-- The groups of the phone book that rows name and that were not there: those that an import has made,
-- or that its run would make, by name; and the ids of those that it has made.
alter table profile_import
  add column new_groups  text[]   not null default '{}',
  add column made_groups bigint[] not null default '{}';

-- The version of the folding that made `search`; rows of older versions are renewed while the server
-- runs. In no index: that would have to be built before the start, and each renewal would have to
-- write all indexes of its row, also where the name folds as before.
alter table profile add column folding smallint not null default 0;

-- How far the rows are renewed, in the order of their ids: up to this one, with this version.
create table profile_folding (
  single  boolean primary key default true check (single),
  version smallint not null,
  done_to bigint   not null
);

insert into profile_folding (version, done_to) values (0, 0);

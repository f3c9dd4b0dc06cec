-- Files that are imported into the phone book. The file itself lies in the folder of imports.
create table profile_import (
  id            bigint generated always as identity primary key,
  state         text not null check (state in ('READING', 'READY', 'CHECKING', 'CHECKED', 'RUNNING',
                                               'DONE', 'CANCELLED', 'FAILED', 'UNDOING', 'UNDONE')),
  file          text   not null,
  bytes         bigint not null,
  author        text   not null,
  -- how the file is read, once that is known
  format        jsonb,
  header        boolean not null default true,
  row_count     bigint,
  headings      text[],
  -- the first rows, as an array of arrays
  preview       jsonb,
  suggestion    jsonb,
  mapping       jsonb,
  -- the last row that was worked on, and what became of all up to it
  done          bigint not null default 0,
  created_count bigint not null default 0,
  changed       bigint not null default 0,
  unchanged     bigint not null default 0,
  refused       bigint not null default 0,
  repeated      bigint not null default 0,
  -- what an undo has left as it is
  kept          bigint not null default 0,
  -- the first of those
  kept_profiles bigint[] not null default '{}',
  -- why it failed
  reason        text,
  created_at    timestamptz not null default now(),
  -- since when rows are worked on, and from which row on
  began_at      timestamptz,
  began_row     bigint not null default 0,
  told_at       timestamptz,
  ended_at      timestamptz,
  undo_until    timestamptz
);

-- One at a time, however many are begun at once.
create unique index profile_import_open on profile_import ((true))
  where state in ('READING', 'READY', 'CHECKING', 'CHECKED', 'RUNNING', 'UNDOING');

create table profile_import_refusal (
  import        bigint not null references profile_import on delete cascade,
  row_number    bigint not null,
  column_number integer,
  reason        text   not null,
  cells         text[] not null,
  primary key (import, row_number)
);

-- The profiles that each batch has made: what an undo deletes.
create table profile_import_batch (
  import       bigint   not null references profile_import on delete cascade,
  row_number   bigint   not null,
  created      bigint[] not null,
  last_created bigint   not null,
  primary key (import, row_number)
);

create index profile_import_batch_of on profile_import_batch (import, last_created);

-- What profiles were before the import changed them, and their version after it: what an undo brings
-- back. Nothing before: the import itself has made it.
create table profile_import_change (
  import  bigint not null references profile_import on delete cascade,
  profile bigint not null,
  version bigint not null,
  before  jsonb,
  primary key (import, profile)
);

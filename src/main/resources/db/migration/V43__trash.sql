-- What was deleted, for as long as it can be brought back. No list shows it. The id that brings it back is random and
-- given to who has deleted it; only its hash is kept.
create table trash (
  id         bigint      generated always as identity primary key,
  hash       bytea       not null unique check (octet_length(hash) = 32),
  kind       text        not null,
  subject    text        not null,
  -- who has deleted it, and by which operation: whoever brings it back needs the right to that
  actor      text        not null,
  operation  text        not null,
  facts      jsonb       not null,
  deleted_at timestamptz not null default now(),
  until      timestamptz not null
);
create index trash_until on trash (until);

-- The rows that were deleted, as they were.
create table trash_row (
  trash    bigint not null references trash on delete cascade,
  position bigint generated always as identity,
  origin   text   not null,
  content  jsonb  not null,
  primary key (trash, position)
);

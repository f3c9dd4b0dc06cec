-- What Asterisk wrote into its journal (CEL), row by row in the order of the file. Kept so that
-- every call record can be computed again. A month's partition is made when its first row comes.
create table journal (
  cell             text        not null,
  seq              bigint      not null,
  at               timestamptz not null,
  type             text        not null,
  channel          text        not null,
  unique_id        text        not null,
  linked_id        text        not null,
  caller_name      text        not null,
  caller_number    text        not null,
  dialled          text        not null,
  context          text        not null,
  application      text        not null,
  application_data text        not null,
  account          text        not null,
  peer             text        not null,
  extra            text        not null
) partition by range (at);

create index journal_linked_id on journal (linked_id, seq);

-- The last sequence number of a cell. Its row lock makes the cell's writers take turns.
create table journal_cell (
  cell     text   primary key,
  last_seq bigint not null
);

-- How far each file is read. A file is known by the hash of its first line, which holds the
-- microsecond of its first event: that survives renaming, copying and restoring.
create table journal_file (
  cell    text   not null,
  head    text   not null,
  read_to bigint not null,
  primary key (cell, head)
);

-- Parts of a journal file that are no record.
create table journal_reject (
  id       bigint generated always as identity primary key,
  cell     text        not null,
  head     text        not null,
  position bigint      not null,
  reason   text        not null,
  raw      text        not null,
  at       timestamptz not null default now()
);

-- Calls in progress, with the record as far as it goes.
create table live_call (
  id     text primary key,
  cell   text  not null,
  record jsonb not null
);

-- Ended calls. The columns repeat what lists are filtered by; the record is the truth.
create table call (
  id         text        primary key,
  started_at timestamptz not null,
  direction  text        not null,
  status     text        not null,
  record     jsonb       not null
);

create index call_started on call (started_at desc, id desc);
create index call_direction on call (direction, started_at desc, id desc);
create index call_status on call (status, started_at desc, id desc);
create index call_direction_status on call (direction, status, started_at desc, id desc);

-- Who had to do with a call: `extension:101`, `number:+989121234567`, `profile:17`. All that the
-- list of a party is filtered by is in the index, so that only the calls of the page are looked up.
create table call_party (
  party      text        not null,
  started_at timestamptz not null,
  call_id    text        not null,
  direction  text        not null,
  status     text        not null,
  primary key (party, started_at, call_id) include (direction, status)
);

-- The files of recorded calls, each by the id under which Asterisk wrote it.
create table recording (
  id          uuid        primary key,
  cell        text        not null,
  call_id     text        not null,
  state       text        not null check (state in ('expected', 'ready', 'missing', 'broken')),
  started_at  timestamptz not null,
  expected_at timestamptz not null default now(),
  duration_ms bigint,
  bytes       bigint,
  sha256      text,
  channels    int
);

create index recording_call on recording (call_id);
create index recording_expected on recording (expected_at) where state = 'expected';

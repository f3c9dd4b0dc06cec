-- Sums of ended calls, from which statistics are read, so that a year costs as little as a day. They are changed in
-- the transaction that writes a call's record.

-- By the hour of the company's zone in which a call began. within: how many of the calls had rung for at most 5, 10, 15,
-- 20, 30, 45, 60, 90, 120, 300 s when they were answered or ended.
create table call_hour (
  begins    timestamptz not null,
  direction text        not null,
  status    text        not null,
  calls     bigint      not null,
  ring_us   bigint      not null,
  talk_us   bigint      not null,
  hold_us   bigint      not null,
  within    bigint[]    not null,
  primary key (begins, direction, status)
);

-- By the day of the company's zone in which a call began, for each extension that took part in it. ring_us: of the calls
-- that it answered.
create table call_day (
  begins    timestamptz not null,
  extension text        not null,
  direction text        not null,
  status    text        not null,
  calls     bigint      not null,
  answered  bigint      not null,
  missed    bigint      not null,
  ring_us   bigint      not null,
  talk_us   bigint      not null,
  primary key (begins, extension, direction, status)
);

-- Which calls the sums contain: those that began at counted_to or before, while they are being counted; all of them
-- after that. One row, or none before the first round.
create table call_sums (
  one        boolean     primary key default true check (one),
  zone       text        not null,
  counted_to timestamptz not null default 'epoch',
  complete   boolean     not null default false
);

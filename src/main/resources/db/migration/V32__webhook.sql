-- Where events are sent. A deleted one stays until its deliveries are deleted, which takes a while.
create table webhook (
  id               bigint generated always as identity primary key,
  name             text        not null,
  url              text        not null,
  events           text[]      not null,
  enabled          boolean     not null,
  suspended_at     timestamptz,
  suspended_reason text,
  secret           bytea       not null,
  old_secret       bytea,
  old_secret_until timestamptz,
  -- the id of the last event of which deliveries were made
  read_to          bigint      not null,
  version          bigint      not null default 1,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  deleted          boolean     not null default false
);

create unique index webhook_name on webhook (name) where not deleted;

-- One event for one webhook. Deliveries of one chain are made one after the other; the first that waits is its head.
create table webhook_delivery (
  webhook  bigint      not null references webhook,
  event    bigint      not null,
  type     text        not null,
  subject  text        not null,
  chain    text        not null,
  state    text        not null check (state in ('WAITING', 'DELIVERED', 'FAILED')),
  head     boolean     not null default false,
  tries    integer     not null default 0,
  since    timestamptz not null,
  due_at   timestamptz not null,
  tried_at timestamptz,
  ended_at timestamptz,
  status   integer,
  reason   text,
  primary key (webhook, event)
);

create index webhook_delivery_state on webhook_delivery (webhook, state, event);
create index webhook_delivery_chain on webhook_delivery (webhook, chain, event) where state = 'WAITING';
create index webhook_delivery_due on webhook_delivery (webhook, due_at, event) where head;
create index webhook_delivery_ended on webhook_delivery (ended_at) where ended_at is not null;

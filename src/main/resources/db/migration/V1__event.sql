-- What the world outside is told, in the order of commit.
create table event (
  id      bigint generated always as identity primary key,
  at      timestamptz not null,
  type    text        not null,
  subject text        not null,
  data    jsonb       not null
);

-- The highest id that retention has deleted: a subscriber that saw less has missed events.
create table event_retention (
  single     boolean primary key default true check (single),
  deleted_to bigint not null
);

insert into event_retention (deleted_to) values (0);

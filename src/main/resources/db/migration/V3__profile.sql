-- Persons and organisations of the CRM, and the numbers by which callers are recognised.
create extension if not exists pg_trgm;

create table profile (
  id           bigint generated always as identity primary key,
  kind         text        not null check (kind in ('person', 'organisation')),
  name         text        not null,
  -- the name without case, accents and variants of letters; compared by bytes so that the order is
  -- the same on every machine
  search       text        collate "C" not null,
  category     text,
  owner        text,
  fields       jsonb       not null,
  version      bigint      not null default 1,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  last_contact timestamptz,
  -- the number for which it was made by itself: not twice, however many calls come at once
  made_for     text unique
);

create index profile_in_order on profile (search, id);
create index profile_in_category on profile (category, search, id);
create index profile_by_part_of_name on profile using gin (search gin_trgm_ops);

create table profile_number (
  profile  bigint   not null references profile on delete cascade,
  position smallint not null,
  number   text     collate "C" not null,
  label    text     not null,
  priority integer  not null,
  primary key (profile, number)
);

create index profile_number_exact on profile_number (number, profile) include (priority);
create index profile_number_by_part on profile_number using gin (number gin_trgm_ops);

-- Groups of the phone book, and the fields that a company or a group gives its profiles.
create table profile_group (
  id      bigint generated always as identity primary key,
  name    text   not null unique,
  version bigint not null default 1
);

create table profile_member (
  profile  bigint not null references profile on delete cascade,
  group_id bigint not null references profile_group on delete cascade,
  primary key (profile, group_id)
);

create index profile_members on profile_member (group_id, profile);

create table profile_field (
  id       bigint  generated always as identity primary key,
  name     text    not null,
  type     text    not null check (type in ('TEXT', 'NUMBER', 'DATE', 'CHOICE', 'PHONE')),
  several  boolean not null,
  choices  text[]  not null,
  -- none: a field of all profiles
  group_id bigint  references profile_group on delete cascade,
  version  bigint  not null default 1
);

create unique index profile_field_name on profile_field (coalesce(group_id, 0), name);
create index profile_field_of_group on profile_field (group_id);

-- The values, each with the id of its field. Those of a deleted field stay until the profile is written,
-- and nobody sees them: so deleting a field takes no time, however many profiles have it.
alter table profile add column field_values jsonb not null default '[]';

create index profile_with_value on profile using gin (field_values jsonb_path_ops)
  where field_values <> '[]';

-- What people write down about a profile, also about a call with it.
create table profile_note (
  id         bigint      generated always as identity primary key,
  profile    bigint      not null references profile on delete cascade,
  kind       text        not null check (kind in ('NOTE', 'CALL', 'MEETING', 'EMAIL', 'MESSAGE')),
  text       text        not null,
  call       text,
  author     text        not null,
  version    bigint      not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create index profile_note_newest on profile_note (profile, id);

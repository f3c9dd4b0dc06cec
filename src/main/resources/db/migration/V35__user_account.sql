-- What tells this database from all others: the cookies of two instances on one host must not have the same name.
create table installation (
  one boolean primary key default true check (one),
  id  text    not null check (id ~ '^[0-9a-f]{12}$')
);
insert into installation (id) values (left(replace(gen_random_uuid()::text, '-', ''), 12));

-- Who may sign in. There is either a password, as Argon2id, or a one-time password, of which a plain SHA-256 is enough:
-- it is random.
create table user_account (
  id              bigint      generated always as identity primary key,
  name            text        collate "C" not null unique check (name ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  display_name    text,
  mobile          text,
  email           text,
  role            text        not null check (role in ('OPERATOR', 'SUPERVISOR', 'ADMINISTRATOR')),
  extension       text        collate "C" check (extension ~ '^[0-9]{1,8}$'),
  -- an extension that was made later is another one with the same number
  extension_since timestamptz,
  settings        jsonb       not null default '{}',
  password        text,
  one_time        bytea       check (octet_length(one_time) = 32),
  version         bigint      not null default 1,
  created_at      timestamptz not null default now(),
  check ((password is null) <> (one_time is null)),
  check ((extension is null) = (extension_since is null))
);

-- Who has signed in. Only the hash of a token is kept: a copy of the table opens nothing.
create table user_session (
  id         bigint      generated always as identity primary key,
  hash       bytea       not null unique check (octet_length(hash) = 32),
  account    bigint      not null references user_account on delete cascade,
  address    text        not null,
  agent      text        not null,
  started_at timestamptz not null default now(),
  last_at    timestamptz not null default now()
);
create index user_session_of on user_session (account, last_at);

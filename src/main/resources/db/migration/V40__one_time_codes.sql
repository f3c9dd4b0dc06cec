-- One-time codes of users (RFC 6238). The secret is sealed: it opens by a key that is not in the database.
create table user_code (
  account      bigint      primary key references user_account on delete cascade,
  secret       bytea       not null,
  created_at   timestamptz not null default now(),
  -- a first code was right: from now on they are asked for
  confirmed_at timestamptz,
  -- the number of 30 seconds since 1970 whose code was used last: each counts once
  last_step    bigint      not null default 0
);

-- What takes the place of a code, once. A plain SHA-256 is enough: they are random.
create table user_recovery_code (
  account bigint not null references user_code on delete cascade,
  hash    bytea  not null check (octet_length(hash) = 32),
  primary key (account, hash)
);

-- Keys of software that uses the API. Only the hash is kept: a copy of the table opens nothing.
create table api_key (
  name       text        primary key check (name ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  hash       bytea       not null unique check (octet_length(hash) = 32),
  scopes     text[]      not null check (scopes <@ array['read', 'write'] and cardinality(scopes) > 0),
  created_at timestamptz not null default now()
);

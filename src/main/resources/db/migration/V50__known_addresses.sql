-- From where a user has signed in lately: such an address has a count of its own when passwords are guessed elsewhere.
-- Of IPv6 it is the network of 64 bits.
create table user_address (
  account bigint      not null references user_account on delete cascade,
  network text        collate "C" not null,
  last_at timestamptz not null default now(),
  primary key (account, network)
);

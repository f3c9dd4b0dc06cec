-- Who looks after a profile is a user. Rows of before name an extension in `owner`, which is read as whoever has it, until
-- the profile is written: a start waits for no million of them.
alter table profile
  add column owner_account bigint references user_account on delete set null;

create index profile_of_owner on profile (owner_account) where owner_account is not null;
create index user_account_of_extension on user_account (extension) where extension is not null;

-- Options of the configuration that the company has taken over as its own settings.
create table taken_over (
  option text        primary key,
  at     timestamptz not null default now()
);

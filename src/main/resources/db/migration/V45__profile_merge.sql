-- Profiles that were merged into others, to which their ids lead. It may have been merged itself later.
create table profile_merge (
  profile     bigint      primary key,
  merged_into bigint      not null check (merged_into <> profile),
  merged_at   timestamptz not null default now()
);
create index profile_merge_into on profile_merge (merged_into);

-- Profiles that look like one, and are not.
create table profile_distinct (
  one   bigint not null references profile on delete cascade,
  other bigint not null references profile on delete cascade,
  primary key (one, other),
  check (one < other)
);
create index profile_distinct_other on profile_distinct (other);

-- The e-mail addresses of profiles one by one, in the order in which those that several have are found. Kept by the table
-- of profiles itself, whoever writes it.
create table profile_email (
  email   text   collate "C" not null,
  profile bigint not null references profile on delete cascade,
  primary key (email, profile)
);
create index profile_email_of on profile_email (profile);

create function keep_profile_emails() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    delete from profile_email where profile = new.id;
  end if;
  insert into profile_email (email, profile)
  select distinct email, new.id from string_to_table(new.emails_search, E'\n') as email where email <> '';
  return null;
end $$;
revoke all on function keep_profile_emails() from public;

create trigger profile_with_emails after insert on profile
  for each row when (new.emails_search is not null) execute function keep_profile_emails();
create trigger profile_emails_changed after update of emails_search on profile
  for each row when (new.emails_search is distinct from old.emails_search) execute function keep_profile_emails();

insert into profile_email (email, profile)
select distinct email, p.id from profile p, string_to_table(p.emails_search, E'\n') as email where email <> '';

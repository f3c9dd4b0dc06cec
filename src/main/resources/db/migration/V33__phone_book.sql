-- What a phone book knows of its people beside name and numbers. None of it is written into the rows
-- that are there: a start waits for no million of them.
alter table profile
  -- to which a person belongs, while there is such a profile and it is an organisation
  add column organisation  bigint,
  add column emails        text[] not null default '{}',
  -- the e-mail addresses as they are searched: in small letters, one a line
  add column emails_search text collate "C",
  add column address       text;

create index profile_of_organisation on profile (organisation, search, id) where organisation is not null;
create index profile_organisations on profile (search, id) where kind = 'organisation';
create index profile_by_part_of_email on profile using gin (emails_search gin_trgm_ops);

alter table profile_number
  -- none in rows of before, whose label says it
  add column type text check (type in ('MOBILE', 'WORK', 'HOME', 'FAX', 'OTHER')),
  -- of no number in rows of before: there the first is the main one
  add column main boolean not null default false;

-- The company: one row for each of its parts, as a document. What makes it whole is checked as a whole by
-- CompanyRules before a change is committed. Passwords of phones are rows of the kind 'credential', apart
-- from what is read as the company.
create table company_item (
  kind       text        collate "C" not null,
  name       text        collate "C" not null,
  body       jsonb       not null,
  -- that of the company when the item was changed last: never given twice, also not to an item that
  -- was deleted and made again
  version    bigint      not null,
  changed_at timestamptz not null default now(),
  primary key (kind, name)
);

-- One row; who changes the company locks it, so that changes come one after the other.
create table company_version (
  the_one boolean primary key default true check (the_one),
  version bigint  not null
);

insert into company_version (version) values (0);

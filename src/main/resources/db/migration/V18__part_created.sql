-- Since when each part exists: the next owner of an extension's number sees nothing of what was
-- before. Extensions from before this version keep what they have.
alter table company_item add column created_at timestamptz not null default 'epoch';
alter table company_item alter column created_at set default now();

-- A key that belongs to an extension ends with it.
delete from api_key k
where k.extension is not null
  and not exists (
    select from company_item i where i.kind = 'extension' and i.name = k.extension);
alter table api_key
  alter column extension type text collate "C",
  add column part_kind text collate "C"
    generated always as (case when extension is not null then 'extension' end) stored,
  add constraint api_key_extension_exists
    foreign key (part_kind, extension) references company_item (kind, name) on delete cascade;
create index api_key_of on api_key (extension) where extension is not null;

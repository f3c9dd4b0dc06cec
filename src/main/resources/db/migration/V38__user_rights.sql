-- Whom supervisors supervise. A group that is deleted is supervised no more, also if another one is given its name.
create table user_group (
  account    bigint not null references user_account on delete cascade,
  name       text   collate "C" not null,
  part_kind  text   collate "C" generated always as ('extension-group') stored,
  primary key (account, name),
  foreign key (part_kind, name) references company_item (kind, name) on delete cascade
);
create index user_group_of on user_group (part_kind, name);

-- What a user may beyond the role.
alter table user_account
  add column grants text[] not null default '{}'
    check (grants <@ array['CALL', 'LISTEN', 'CONTACTS', 'SEE_SETTINGS']);

-- The extensions of a group.
create index company_item_groups on company_item using gin ((body -> 'groups')) where kind = 'extension';

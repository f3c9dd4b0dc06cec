-- Who did what, when and from where: rows are added and never changed. Each is linked into a chain of hashes afterwards,
-- in the order in which it was committed, so that a row that is changed, removed or put in later is found.
create table audit (
  id        bigint      generated always as identity primary key,
  at        timestamptz not null default clock_timestamp(),
  actor     text        not null,
  address   text,
  session   bigint,
  operation text        not null,
  kind      text        not null,
  subject   text        not null,
  action    text        not null,
  before    json,
  after     json
);
create index audit_at on audit (at desc, id desc);
create index audit_of_actor on audit (actor, at desc, id desc);
create index audit_of_kind on audit (kind, at desc, id desc);
create index audit_of_subject on audit (subject, at desc, id desc);

-- The rows that are not linked yet.
create table audit_waiting (id bigint primary key);

create table audit_link (
  position bigint primary key,
  entry    bigint not null unique,
  hash     bytea  not null check (octet_length(hash) = 32)
);

-- The last link. Who adds links locks it, so there is one who does.
create table audit_head (
  one      boolean primary key default true check (one),
  position bigint  not null,
  hash     bytea   not null check (octet_length(hash) = 32)
);
insert into audit_head (position, hash) values (0, decode(repeat('00', 32), 'hex'));

-- Where the chain begins after its oldest links were cut off, because they were kept long enough.
create table audit_anchor (
  one      boolean     primary key default true check (one),
  position bigint      not null,
  hash     bytea       not null check (octet_length(hash) = 32),
  cut_at   timestamptz not null
);
insert into audit_anchor (position, hash, cut_at) select position, hash, now() from audit_head;

-- What people did to recordings so far.
insert into audit (at, actor, operation, kind, subject, action)
select at,
  case when who like 'user:%' then who when who = 'retention' then 'server'
    when who ~ '^[0-9]{1,8}$' then 'extension:' || who else 'key:' || who end,
  '', 'recording', 'recording:' || recording, action
from recording_access order by id;
insert into audit_waiting (id) select id from audit;
drop table recording_access;

create function audit_is_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('tamas.audit_cut', true) = 'on' then
    return old;
  end if;
  raise exception 'the audit log is never changed';
end $$;
revoke all on function audit_is_kept() from public;
create trigger audit_is_kept before update or delete on audit for each row execute function audit_is_kept();
create trigger audit_is_whole before truncate on audit for each statement execute function audit_is_kept();
create trigger audit_link_is_kept before update or delete on audit_link for each row execute function audit_is_kept();
create trigger audit_link_is_whole before truncate on audit_link for each statement execute function audit_is_kept();

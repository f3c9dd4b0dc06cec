-- Ended calls by months, so that what reads a time reads its months only, however many calls there are.

-- Makes a table's partition for the month of an instant (UTC), unless it is there. Nobody who reads or writes the table
-- waits for it: attaching locks out only others who attach.
create function make_month(parent regclass, at timestamptz) returns void language plpgsql as $$
declare
  begins timestamp := date_trunc('month', at at time zone 'UTC');
  month text := parent::text || to_char(begins, '_YYYY_MM');
begin
  if to_regclass(month) is null then
    execute format('lock table only %s in share update exclusive mode', parent);
    if to_regclass(month) is null then
      execute format('create table %I (like %s including all)', month, parent);
      execute format('alter table %s attach partition %I for values from (%L) to (%L)',
        parent, month, begins at time zone 'UTC', (begins + interval '1 month') at time zone 'UTC');
    end if;
  end if;
end $$;
revoke all on function make_month(regclass, timestamptz) from public;

alter table call rename to call_before;
alter index call_pkey rename to call_before_pkey;
drop index call_started, call_direction, call_status, call_direction_status, call_charged;

-- The columns repeat what lists are filtered by; the record is the truth. The primary key is the order of lists.
create table call (
  id         text        not null,
  started_at timestamptz not null,
  direction  text        not null,
  status     text        not null,
  record     jsonb       not null,
  primary key (started_at, id)
) partition by range (started_at);

create index call_direction on call (direction, started_at desc, id desc);
create index call_status on call (status, started_at desc, id desc);
create index call_direction_status on call (direction, status, started_at desc, id desc);

-- Calls that somebody may have to call back.
create index call_missed on call (started_at desc, id desc)
  where direction = 'INBOUND' and status not in ('ANSWERED', 'ANNOUNCEMENT');

-- Calls to the outside for which an extension pays: few of all, and read when Tamas starts.
create index call_charged on call (started_at) where record @? '$.legs[*].charge';

-- When each call started, and so in which month it is.
create table call_start (
  id         text        primary key,
  started_at timestamptz not null
);

select make_month('call', month) from (
  select distinct date_trunc('month', started_at, 'UTC') as month from call_before) months;

insert into call select id, started_at, direction, status, record from call_before;
insert into call_start select id, started_at from call_before;
drop table call_before;
-- Of a table that is known to be empty each row would be looked up by reading all of it, until it is analyzed again.
do $$ begin
  if exists (select from call_start) then
    analyze call, call_start;
  end if;
end $$;

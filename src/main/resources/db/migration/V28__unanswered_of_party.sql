-- A party's calls of a state that it hardly ever had are found without reading its others.
create index call_party_status on call_party (party, status, started_at desc, call_id desc) include (direction)
  where status <> 'ANSWERED';

-- today: when the company's day began. What is asked by it reads the calls of that day only.
create or replace view report.company as
select
  coalesce((select zone from public.call_sums), 'UTC') as zone,
  coalesce((select complete from public.call_sums), false) as counted,
  date_trunc('day', now(), coalesce((select zone from public.call_sums), 'UTC')) as today;

-- By the hour of the company's zone, for each group of the extensions that took part in a call.
create view report.group_hour as
select
  g.begins,
  (g.begins at time zone c.zone)::date as day,
  extract(hour from g.begins at time zone c.zone)::int as hour,
  extract(isodow from g.begins at time zone c.zone)::int as weekday,
  g.extension_group,
  coalesce(i.body ->> 'title', '') as name,
  g.direction,
  g.status,
  g.calls,
  g.answered,
  g.missed,
  g.ring_us / 1e6 as ring_seconds,
  g.talk_us / 1e6 as talk_seconds
from public.call_group_hour g
cross join report.company c
left join public.company_item i on i.kind = 'extension-group' and i.name = g.extension_group
where g.calls > 0;

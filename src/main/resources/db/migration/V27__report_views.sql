-- What dashboards read: views in a schema of their own, which are all that the role tamas_report may read
-- (db/report-role.sql). They run with the rights of their owner. A migration that changes a column that they read drops
-- them before and makes them again after it.
create schema report;

-- Calls of a number within that time after a missed call from it count as calling back: the company's setting.
create view report.called_back_within as
select coalesce(
  (select (body ->> 'callBackWithin')::interval from public.company_item where kind = 'settings' and name = 'company'),
  interval '24 hours') as longest;

-- The zone whose hours and days are summed, which is the company's; and whether all calls are in the sums already.
create view report.company as
select
  coalesce((select zone from public.call_sums), 'UTC') as zone,
  coalesce((select complete from public.call_sums), false) as counted;

-- Of a number outside the company enough to tell calls apart; extensions and services have fewer digits.
create function report.masked(number text) returns text
language sql immutable parallel safe
return case when number ~ '^\+?[0-9]{9}' then left(number, 5) || '…' || right(number, 2) else number end;

-- Ended calls by the hour in which they began. day, hour and weekday (1: Monday) are the company's.
create view report.call_hour as
select
  h.begins,
  (h.begins at time zone c.zone)::date as day,
  extract(hour from h.begins at time zone c.zone)::int as hour,
  extract(isodow from h.begins at time zone c.zone)::int as weekday,
  h.direction,
  h.status,
  h.calls,
  h.ring_us / 1e6 as ring_seconds,
  h.talk_us / 1e6 as talk_seconds,
  h.hold_us / 1e6 as hold_seconds
from public.call_hour h cross join report.company c
where h.calls > 0;

-- Inbound calls by hour and threshold in seconds. missed: nobody was connected to the caller. abandoned: those of them
-- in which the caller hung up. Announcements, such as outside office hours, are neither answered nor missed.
create view report.service_hour as
select
  h.begins,
  (h.begins at time zone c.zone)::date as day,
  extract(hour from h.begins at time zone c.zone)::int as hour,
  extract(isodow from h.begins at time zone c.zone)::int as weekday,
  w.threshold,
  coalesce(sum(h.calls) filter (where h.status = 'ANSWERED'), 0)::bigint as answered,
  coalesce(sum(h.within[w.nth]) filter (where h.status = 'ANSWERED'), 0)::bigint as answered_within,
  coalesce(sum(h.calls) filter (where h.status not in ('ANSWERED', 'ANNOUNCEMENT')), 0)::bigint as missed,
  coalesce(sum(h.calls) filter (where h.status = 'ABANDONED'), 0)::bigint as abandoned,
  coalesce(sum(h.within[w.nth]) filter (where h.status = 'ABANDONED'), 0)::bigint as abandoned_within,
  coalesce(sum(h.ring_us) filter (where h.status = 'ANSWERED'), 0) / 1e6 as answer_seconds
from public.call_hour h
cross join report.company c
cross join unnest(array[5, 10, 15, 20, 30, 45, 60, 90, 120, 300]) with ordinality as w (threshold, nth)
where h.direction = 'INBOUND'
group by h.begins, c.zone, w.threshold;

-- Missed inbound calls, with the numbers: somebody has to call them back. called_back is null where no number was shown.
create view report.missed_call as
select
  m.started_at,
  (m.started_at at time zone c.zone)::date as day,
  extract(hour from m.started_at at time zone c.zone)::int as hour,
  extract(isodow from m.started_at at time zone c.zone)::int as weekday,
  m.status,
  m.caller,
  m.caller_name,
  m.requested,
  m.destination,
  m.ring_seconds,
  back.started_at as called_back_at,
  case when m.caller not in ('', 'anonymous') then back.started_at is not null end as called_back
from (
  select
    started_at,
    status,
    record ->> 'caller' as caller,
    record ->> 'callerName' as caller_name,
    record ->> 'requested' as requested,
    record ->> 'destination' as destination,
    extract(epoch from (record ->> 'ring')::interval) as ring_seconds
  from public.call
  where direction = 'INBOUND' and status not in ('ANSWERED', 'ANNOUNCEMENT')
) m
cross join report.company c
cross join report.called_back_within w
left join lateral (
  select p.started_at
  from public.call_party p
  where p.party = 'number:' || m.caller and m.caller not in ('', 'anonymous') and p.status = 'ANSWERED'
    and p.started_at > m.started_at and p.started_at <= m.started_at + w.longest
  order by p.started_at
  limit 1
) back on true;

-- By the day of the company's zone.
create view report.extension_day as
select
  d.begins,
  (d.begins at time zone c.zone)::date as day,
  d.extension,
  coalesce(i.body ->> 'name', '') as name,
  d.direction,
  d.status,
  d.calls,
  d.answered,
  d.missed,
  d.ring_us / 1e6 as ring_seconds,
  d.talk_us / 1e6 as talk_seconds
from public.call_day d
cross join report.company c
left join public.company_item i on i.kind = 'extension' and i.name = d.extension
where d.calls > 0;

create view report.live_call as
select
  (record ->> 'startedAt')::timestamptz as started_at,
  (record ->> 'answeredAt')::timestamptz as answered_at,
  record ->> 'direction' as direction,
  record ->> 'status' as status,
  report.masked(record ->> 'caller') as caller,
  report.masked(record ->> 'requested') as requested,
  report.masked(record ->> 'lastParty') as party,
  coalesce(record ->> 'trunk', record #>> '{legs,-1,trunk}') as trunk,
  cell
from public.live_call;

-- since is null where nothing is known of the phone yet.
create view report.extension_state as
select
  i.name as extension,
  i.body ->> 'name' as name,
  coalesce(s.state, 'unknown') as state,
  nullif(s.since, 'epoch') as since
from public.company_item i
left join public.extension_state s on s.extension = i.name
where i.kind = 'extension';

-- most_calls: how many outbound calls may be in progress at once; null: any number.
create view report.trunk_state as
select
  i.name as trunk,
  coalesce(s.state, 'unknown') as state,
  s.since,
  coalesce(s.reason, '') as reason,
  nullif((i.body ->> 'calls')::int, 0) as most_calls
from public.company_item i
left join public.trunk_state s on s.trunk = i.name
where i.kind = 'trunk';

-- Each inbound call of a trunk, and each attempt over a trunk to reach somebody outside, with its result.
create view report.trunk_call as
select
  started_at,
  'INBOUND' as direction,
  record ->> 'trunk' as trunk,
  status as result,
  status = 'ANSWERED' as answered,
  extract(epoch from (record ->> 'talk')::interval) as connected_seconds
from public.call
where direction = 'INBOUND' and record ? 'trunk'
union all
select
  c.started_at,
  'OUTBOUND',
  leg ->> 'trunk',
  leg ->> 'result',
  leg ? 'answeredAt',
  coalesce(extract(epoch from (leg ->> 'endedAt')::timestamptz - (leg ->> 'answeredAt')::timestamptz), 0)
from public.call c cross join lateral jsonb_array_elements(c.record -> 'legs') leg
where leg ? 'trunk';

-- What extensions have used of the limits of their outgoing profile: the time of outbound calls that ended in the last
-- 24 hours, each from its answer. A call takes no longer than a day.
create view report.outbound_use as
select
  i.name as extension,
  i.body ->> 'name' as name,
  o.name as profile,
  coalesce(used.seconds, 0) as used_seconds,
  extract(epoch from (o.body #>> '{limits,perDay}')::interval) as most_seconds,
  nullif((o.body #>> '{limits,calls}')::int, 0) as most_calls
from public.company_item i
join public.company_item o on o.kind = 'outgoing-profile' and o.name = i.body ->> 'outgoing'
left join (
  select
    leg #>> '{charge,payer}' as payer,
    sum(extract(epoch from (leg ->> 'endedAt')::timestamptz - (leg ->> 'answeredAt')::timestamptz)) as seconds
  from public.call c cross join lateral jsonb_array_elements(c.record -> 'legs') leg
  where c.record @? '$.legs[*].charge' and c.started_at > now() - interval '48 hours'
    and leg ? 'charge' and (leg ->> 'endedAt')::timestamptz > now() - interval '24 hours'
  group by 1
) used on used.payer = i.name
where i.kind = 'extension';

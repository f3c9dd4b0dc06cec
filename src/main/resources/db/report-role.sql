-- tamas_report, the role of dashboards: it reads the views of the schema report, and nothing else.
do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'tamas_report') then
    create role tamas_report;
  end if;
end $$;
alter role tamas_report with login noinherit connection limit 5 password ${password};
alter role tamas_report set default_transaction_read_only = on;
alter role tamas_report set statement_timeout = '5s';
alter role tamas_report set lock_timeout = '1s';
alter role tamas_report set idle_in_transaction_session_timeout = '10s';
alter role tamas_report set search_path = report;

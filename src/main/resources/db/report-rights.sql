grant usage on schema report to tamas_report;
grant select on all tables in schema report to tamas_report;

-- What PostgreSQL allows to everybody, and Tamas alone needs here: temporary tables, and, as far as the user who runs
-- this may forbid them, locks that the events of Tamas wait for, and large objects.
do $$
declare
  one regprocedure;
  owner name := (select nspowner::regrole from pg_catalog.pg_namespace where nspname = 'report');
begin
  if has_database_privilege('public', current_database(), 'temporary')
    and pg_has_role((select datdba from pg_catalog.pg_database where datname = current_database()), 'usage') then
    execute format('revoke temporary on database %I from public', current_database());
  end if;
  if (select rolsuper from pg_catalog.pg_roles where rolname = current_user) then
    for one in
      select p.oid from pg_catalog.pg_proc p
      where p.pronamespace = 'pg_catalog'::regnamespace
        and (p.proname like 'pg\_advisory\_%' or p.proname like 'pg\_try\_advisory\_%' or p.proname like 'lo\_%')
        and has_function_privilege('tamas_report', p.oid, 'execute')
    loop
      execute format('revoke execute on function %s from public', one);
      execute format('grant execute on function %s to %I', one, owner);
    end loop;
  end if;
end $$;

-- Keys may be allowed to make calls and to act on those in progress.
alter table api_key drop constraint api_key_scopes_check;
alter table api_key add constraint api_key_scopes_check
  check (scopes <@ array['read', 'write', 'call'] and cardinality(scopes) > 0);

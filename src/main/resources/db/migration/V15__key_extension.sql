-- A key may belong to one extension, for which alone it makes calls and acts on them; and keys may be allowed to make
-- keys.
alter table api_key add column extension text check (extension ~ '^[0-9]{1,8}$');
alter table api_key drop constraint api_key_scopes_check;
alter table api_key add constraint api_key_scopes_check
  check (scopes <@ array['read', 'write', 'call', 'admin'] and cardinality(scopes) > 0);

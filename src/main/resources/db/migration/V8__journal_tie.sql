-- Linked ids that turned out to belong to one call, such as by a pickup or an attended transfer: each
-- leads to the oldest of them.
create table journal_tie (
  linked_id text primary key,
  root      text not null
);

create index journal_tie_root on journal_tie (root);

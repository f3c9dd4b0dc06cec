-- By the hour of the company's zone in which a call began, for each group of the extensions that took part in it, as the
-- decisions about the call noted them. A call counts once for a group. answered: calls in which an extension of the group
-- talked, or its own that were answered; ring_us: of these; within: as in call_hour, of all.
create table call_group_hour (
  begins          timestamptz not null,
  extension_group text        not null,
  direction       text        not null,
  status          text        not null,
  calls           bigint      not null,
  answered        bigint      not null,
  missed          bigint      not null,
  ring_us         bigint      not null,
  talk_us         bigint      not null,
  within          bigint[]    not null,
  primary key (begins, extension_group, direction, status)
);

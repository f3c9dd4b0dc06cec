-- Who receives an event, beside those who see everything: the extensions that took part in what it is about, and when
-- that began; or a word for a circle of people. None: it was stored before this version, and nobody else receives it.
alter table event
  add column parties text[],
  add column began   timestamptz;

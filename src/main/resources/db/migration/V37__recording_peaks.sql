-- What a player draws of a recording: a byte for each part of each channel. None of those that were ready before; they are
-- made when they are first asked for.
alter table recording add column peaks bytea;

-- null: the server was never asked by OPTIONS, but calls have shown that it is there.
alter table trunk_habit alter column answers_options drop not null;

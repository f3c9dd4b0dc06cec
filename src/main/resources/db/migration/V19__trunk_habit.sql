-- Whether the server of a trunk has ever answered OPTIONS; another server of the trunk is another question.
create table trunk_habit (
  trunk text primary key,
  server text not null,
  answers_options boolean not null
);

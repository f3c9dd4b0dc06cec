-- By which subject an issuer of OpenID Connect knows a user. An e-mail address ties it at the first sign-in.
create table user_open_id (
  issuer  text        not null,
  subject text        not null check (length(subject) between 1 and 255),
  account bigint      not null unique references user_account on delete cascade,
  tied_at timestamptz not null default now(),
  primary key (issuer, subject)
);

-- Who was signed in by an issuer has no one-time password to replace.
alter table user_session add column open_id boolean not null default false;

-- People the user asked to forget. Nothing is kept of them but marks they are known by when they are met again: keyed hashes
-- of profile, e-mail address, name and employer, and name. The key is the same in all rows of an account, and goes with the last.
create table forgotten (
    user_id uuid not null,
    id uuid not null,
    salt bytea not null constraint forgotten_salt_length check (octet_length(salt) = 32),
    profile bytea constraint forgotten_profile_length check (octet_length(profile) = 32),
    email bytea constraint forgotten_email_length check (octet_length(email) = 32),
    at_work bytea not null constraint forgotten_at_work_length check (octet_length(at_work) = 32),
    name bytea not null constraint forgotten_name_length check (octet_length(name) = 32),
    forgotten_at timestamptz not null,
    constraint forgotten_key primary key (user_id, id)
);
alter table forgotten add constraint forgotten_user foreign key (user_id) references users (id) on delete cascade;

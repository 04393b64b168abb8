-- A second step at login: a code of an authenticator app, or a recovery code. The secret is kept as it is, as whoever checks a code
-- needs it; of recovery codes only hashes are.
alter table users add column second_step_since timestamptz;
-- When an administrator turned it off, until it is on again.
alter table users add column second_step_removed_at timestamptz;
alter table users add column totp_secret bytea;
-- The last step of thirty seconds whose code was used: no code is used twice.
alter table users add column totp_step integer;
-- A secret that was shown, and is not in use before a code of it was given.
alter table users add column totp_offered bytea;
alter table users add column recovery_hashes bytea[];
alter table users add constraint users_totp_secret_length check (octet_length(totp_secret) = 20);
alter table users add constraint users_totp_offered_length check (octet_length(totp_offered) = 20);
alter table users add constraint users_recovery_hashes_most check (cardinality(recovery_hashes) <= 10);

-- A login whose password was right, and whose second step is still to come.
create table half_logins (
    user_id uuid not null,
    id uuid not null,
    token_hash bytea not null constraint half_logins_token_hash_length check (octet_length(token_hash) = 32),
    -- Where to go on.
    next text not null constraint half_logins_next_length check (char_length(next) <= 32768),
    created_at timestamptz not null,
    constraint half_logins_key primary key (user_id, id)
);
create unique index half_logins_token on half_logins (user_id, token_hash);

-- Browsers that are not asked for the second step, for thirty days.
create table remembered_browsers (
    user_id uuid not null,
    id uuid not null,
    token_hash bytea not null constraint remembered_browsers_token_hash_length check (octet_length(token_hash) = 32),
    user_agent text not null constraint remembered_browsers_user_agent_length check (char_length(user_agent) <= 300),
    created_at timestamptz not null,
    constraint remembered_browsers_key primary key (user_id, id)
);
create unique index remembered_browsers_token on remembered_browsers (user_id, token_hash);

alter table half_logins add constraint half_logins_user foreign key (user_id) references users (id) on delete cascade;
alter table remembered_browsers add constraint remembered_browsers_user foreign key (user_id) references users (id) on delete cascade;

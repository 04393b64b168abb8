-- Accounts and what the whole installation shares. These tables are global; every other table belongs to one user.

create table users (
    id uuid primary key,
    name text not null constraint users_name_length check (char_length(name) between 1 and 100),
    email text not null constraint users_email_form check (email = lower(email) and char_length(email) between 3 and 254),
    password_hash text not null constraint users_password_hash_length check (char_length(password_hash) <= 512),
    time_zone text not null constraint users_time_zone_length check (char_length(time_zone) between 1 and 64),
    is_admin boolean not null default false,
    -- Target roles, goals, intervals, weekend, holidays: read whole with every page, written only by the settings pages.
    preferences jsonb not null default '{}'
        constraint users_preferences_form check (jsonb_typeof(preferences) = 'object' and octet_length(preferences::text) <= 65536),
    disabled_at timestamptz,
    created_at timestamptz not null,
    version integer not null default 1
);
create unique index users_email_taken on users (email);

create table sessions (
    id uuid primary key,
    user_id uuid not null,
    token_hash bytea not null constraint sessions_token_hash_length check (octet_length(token_hash) = 32),
    created_at timestamptz not null,
    seen_at timestamptz not null,
    confirmed_at timestamptz not null,
    looking_at uuid,
    user_agent text not null constraint sessions_user_agent_length check (char_length(user_agent) <= 300),
    address text not null constraint sessions_address_length check (char_length(address) <= 64)
);
alter table sessions add constraint sessions_user foreign key (user_id) references users (id) on delete cascade;
alter table sessions add constraint sessions_looking_at foreign key (looking_at) references users (id) on delete cascade;
create unique index sessions_token on sessions (token_hash);
create index sessions_of_user on sessions (user_id, seen_at);
create index sessions_by_looking_at on sessions (looking_at) where looking_at is not null;

create table invitations (
    id uuid primary key,
    token_hash bytea not null constraint invitations_token_hash_length check (octet_length(token_hash) = 32),
    email text constraint invitations_email_form check (email = lower(email) and char_length(email) between 3 and 254),
    created_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    revoked_at timestamptz
);
alter table invitations add constraint invitations_created_by foreign key (created_by) references users (id) on delete cascade;
create unique index invitations_token on invitations (token_hash);
create index invitations_by_creator on invitations (created_by);

-- A coach may look at a seeker's search: asked by the seeker, accepted by the coach, revocable by both. The invitation names an
-- address; whose account that is stands beside it, and nowhere when there is none, so that the seeker cannot tell the two apart.
create table grants (
    id uuid primary key,
    owner_id uuid not null,
    email text not null constraint grants_email_form check (email = lower(email) and char_length(email) between 3 and 254),
    coach_id uuid constraint grants_not_oneself check (coach_id <> owner_id),
    created_at timestamptz not null,
    accepted_at timestamptz,
    revoked_at timestamptz,
    constraint grants_accepted_by_somebody check (accepted_at is null or coach_id is not null)
);
alter table grants add constraint grants_owner foreign key (owner_id) references users (id) on delete cascade;
alter table grants add constraint grants_coach foreign key (coach_id) references users (id) on delete cascade;
create unique index grants_once on grants (owner_id, coach_id) where revoked_at is null;
create unique index grants_address_once on grants (owner_id, email) where revoked_at is null;
create index grants_of_coach on grants (coach_id) where revoked_at is null;

create table rate_limits (
    key text primary key constraint rate_limits_key_length check (char_length(key) <= 120),
    count integer not null,
    resets_at timestamptz not null
);
create index rate_limits_by_reset on rate_limits (resets_at);

-- One row: what the administrator set, over what the environment says.
create table settings (
    id boolean primary key default true constraint settings_one_row check (id),
    sign_up text constraint settings_sign_up_known check (sign_up in ('open', 'invite', 'closed')),
    setup_token_hash bytea constraint settings_setup_token_hash_length check (octet_length(setup_token_hash) = 32)
);
insert into settings (id) values (true);

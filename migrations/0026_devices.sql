-- Browsers on which somebody logged in before: their attempts are counted apart, so that a stranger's guesses keep nobody out.
-- The token lies in a cookie; here is only its hash. It opens nothing by itself.
create table devices (
    user_id uuid not null,
    id uuid not null,
    token_hash text not null constraint devices_token_hash_form check (token_hash ~ '^[0-9a-f]{64}$'),
    created_at timestamptz not null,
    seen_at timestamptz not null,
    constraint devices_key primary key (user_id, id)
);
create unique index devices_once on devices (user_id, token_hash);
alter table devices add constraint devices_user foreign key (user_id) references users (id) on delete cascade;

-- A proxy that passed a request on and is not listed, with when that was seen last.
alter table settings add column unlisted_proxy text;
alter table settings add constraint settings_unlisted_proxy_length check (char_length(unlisted_proxy) <= 64);
alter table settings add column unlisted_proxy_seen_at timestamptz;

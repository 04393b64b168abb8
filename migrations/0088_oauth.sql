-- Programs that introduced themselves (RFC 7591) so that people can let them in: what they call themselves, and where they are answered.
create table oauth_clients (
    id uuid primary key,
    name text not null,
    redirect_uris text[] not null,
    registered_at timestamptz not null,
    -- Someone let it in; one that nobody did is forgotten soon.
    used_at timestamptz
);
alter table oauth_clients add constraint oauth_clients_name_form check (char_length(name) between 1 and 100 and name = btrim(name));
alter table oauth_clients add constraint oauth_clients_redirect_uris_length
    check (cardinality(redirect_uris) between 1 and 10 and char_length(array_to_string(redirect_uris, ' ')) <= 8000);
create index oauth_clients_unused on oauth_clients (registered_at) where used_at is null;

-- What a person's yes is worth until the program turns it into a token, once. `token_id` says which, so that a code that is shown twice
-- ends what it was turned into.
create table oauth_codes (
    code_hash bytea primary key,
    client_id uuid not null,
    owner_id uuid not null,
    redirect_uri text not null,
    challenge text not null,
    scopes text[] not null,
    made_at timestamptz not null,
    token_id uuid
);
alter table oauth_codes add constraint oauth_codes_hash_length check (octet_length(code_hash) = 32);
alter table oauth_codes add constraint oauth_codes_redirect_uri_length check (char_length(redirect_uri) between 1 and 2000);
alter table oauth_codes add constraint oauth_codes_challenge_length check (char_length(challenge) = 43);
alter table oauth_codes add constraint oauth_codes_scopes_known check (scopes <@ array['read', 'write'] and 'read' = any(scopes));
create index oauth_codes_of_client on oauth_codes (client_id);
create index oauth_codes_of_owner on oauth_codes (owner_id);

-- The token of a program that was let in holds for an hour and is renewed until `ends_at`. Renewing changes the secret it is renewed by;
-- whoever shows the one before stole it, or was stolen from.
alter table access_tokens add column client_id uuid;
alter table access_tokens add column refresh_hash bytea;
alter table access_tokens add column spent_refresh_hash bytea;
alter table access_tokens add column ends_at timestamptz;
alter table access_tokens add constraint access_tokens_let_in check (num_nonnulls(client_id, refresh_hash, ends_at) in (0, 3));
alter table access_tokens add constraint access_tokens_refresh_length check (octet_length(refresh_hash) = 32 and octet_length(spent_refresh_hash) = 32);
create unique index access_tokens_by_refresh on access_tokens (refresh_hash);
create index access_tokens_by_spent_refresh on access_tokens (spent_refresh_hash);
create index access_tokens_of_client on access_tokens (client_id);

alter table access_tokens add constraint access_tokens_client foreign key (client_id) references oauth_clients (id) on delete cascade;
alter table oauth_codes add constraint oauth_codes_client foreign key (client_id) references oauth_clients (id) on delete cascade;
alter table oauth_codes add constraint oauth_codes_owner foreign key (owner_id) references users (id) on delete cascade;

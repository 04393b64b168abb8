-- What programs of a person read their account with: only a hash of the secret is kept. Calls are counted by the minute.
create table access_tokens (
    id uuid primary key,
    owner_id uuid not null,
    label text not null,
    token_hash bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    minute_began timestamptz not null,
    calls integer not null
);
alter table access_tokens add constraint access_tokens_label_form check (char_length(label) between 1 and 100 and label = btrim(label));
alter table access_tokens add constraint access_tokens_hash_length check (octet_length(token_hash) = 32);
alter table access_tokens add constraint access_tokens_ends check (expires_at > created_at);
create unique index access_tokens_by_hash on access_tokens (token_hash);
create index access_tokens_of on access_tokens (owner_id, id);
alter table access_tokens add constraint access_tokens_owner foreign key (owner_id) references users (id) on delete cascade;

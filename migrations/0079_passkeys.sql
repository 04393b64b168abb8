-- Passkeys, which log someone in by themselves, or are their second step after the password. What a passkey proves itself with is
-- public; the counter shows that one was copied.
create table passkeys (
    id uuid not null,
    owner_id uuid not null,
    credential_id bytea not null,
    name text not null,
    credential jsonb not null,
    sign_count bigint not null,
    created_at timestamptz not null,
    used_at timestamptz,
    constraint passkeys_key primary key (id)
);
alter table passkeys add constraint passkeys_credential_id_length check (octet_length(credential_id) between 1 and 1023);
alter table passkeys add constraint passkeys_name_form check (char_length(name) between 1 and 100 and name = btrim(name));
alter table passkeys add constraint passkeys_credential_length check (octet_length(credential::text) <= 16384);
create unique index passkeys_credential on passkeys (owner_id, credential_id);
create index passkeys_of on passkeys (owner_id, id);

-- What waits for an answer that comes back once, to the browser it was asked of: of a passkey, or of an issuer of identities. Nobody
-- may be signed in yet, so whose it is can be open.
create table ceremonies (
    token_hash bytea not null,
    kind text not null,
    owner_id uuid,
    state jsonb not null,
    created_at timestamptz not null,
    constraint ceremonies_key primary key (token_hash)
);
alter table ceremonies add constraint ceremonies_token_hash_length check (octet_length(token_hash) = 32);
alter table ceremonies add constraint ceremonies_kind check (kind in (
    'passkey_added', 'passkey_login', 'passkey_step', 'passkey_confirmation', 'issuer'));
alter table ceremonies add constraint ceremonies_state_length check (octet_length(state::text) <= 131072);
create index ceremonies_of on ceremonies (owner_id);
create index ceremonies_by_time on ceremonies (created_at);

-- Who logs in by a passkey or an issuer alone has no password.
alter table users alter column password_hash drop not null;

alter table audit_events drop constraint audit_events_kind;
alter table audit_events add constraint audit_events_kind check (kind in (
    'signed_in', 'password_changed', 'password_reset', 'email_changed', 'session_ended', 'sessions_ended',
    'second_step_on', 'second_step_off', 'recovery_codes_made', 'passkey_added', 'passkey_removed', 'passkey_refused',
    'identity_linked', 'identity_unlinked', 'calendar_made', 'calendar_ended', 'exported', 'brought', 'coach_invited', 'coach_let_in', 'coach_ended', 'coach_looked',
    'token_made', 'token_ended', 'account_made', 'account_deleted', 'disabled', 'enabled', 'promoted', 'demoted', 'link_made', 'invited', 'invitation_revoked', 'sign_up_changed'));

alter table passkeys add constraint passkeys_owner foreign key (owner_id) references users (id) on delete cascade;
alter table ceremonies add constraint ceremonies_owner foreign key (owner_id) references users (id) on delete cascade;

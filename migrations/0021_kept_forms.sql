-- What this installation signs with, shared by every copy of the program.
alter table settings add column secret bytea constraint settings_secret_length check (octet_length(secret) = 64);
update settings set secret = sha512(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));
alter table settings alter column secret set not null;

-- Forms that arrived when their account was not signed in: kept, as they were sent, until it is.
create table kept_forms (
    user_id uuid not null constraint kept_forms_user references users (id) on delete cascade,
    id uuid not null,
    path text not null constraint kept_forms_path_length check (char_length(path) between 1 and 1024),
    fields text not null constraint kept_forms_fields_length check (octet_length(fields) <= 16777216),
    kept_at timestamptz not null,
    primary key (user_id, id)
);

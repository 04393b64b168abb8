-- Browsers of an account that show its notices: where one is handed over, and what seals it so that only that browser reads it. One
-- browser shows those of one account. `session_id` is the login it was added in, whose end by someone is its own.
create table push_devices (
    owner_id uuid not null,
    id uuid not null,
    session_id uuid not null,
    name text not null constraint push_devices_name_length check (char_length(name) between 1 and 100),
    endpoint text not null constraint push_devices_endpoint_length check (char_length(endpoint) between 10 and 1000),
    public_key bytea not null constraint push_devices_public_key_length check (octet_length(public_key) = 65),
    secret bytea not null constraint push_devices_secret_length check (octet_length(secret) = 16),
    created_at timestamptz not null,
    told_at timestamptz,
    constraint push_devices_key primary key (owner_id, id),
    constraint push_devices_endpoint unique (endpoint)
);

-- Notices on their way, as mails are: a row for each device, written together with what it tells of, gone once it was taken. `id` is
-- that of what is told, on all devices; what is urgent goes before the rest.
create table notices (
    id uuid not null,
    owner_id uuid not null,
    device_id uuid not null,
    urgent boolean not null,
    letter jsonb not null constraint notices_letter_form check (jsonb_typeof(letter) = 'object' and octet_length(letter::text) <= 4096),
    made_at timestamptz not null,
    expires_at timestamptz not null,
    due_at timestamptz not null,
    attempts integer not null default 0,
    constraint notices_key primary key (id, device_id)
);
create index notices_due on notices (due_at);
create index notices_of_device on notices (owner_id, device_id);

-- How each reminder comes.
alter table reminders add column by_mail boolean not null default true;
alter table reminders add column by_notice boolean not null default false;
alter table reminders add constraint reminders_comes_somehow check (by_mail or by_notice);

alter table push_devices add constraint push_devices_owner foreign key (owner_id) references users (id) on delete cascade;
alter table notices add constraint notices_device foreign key (owner_id, device_id) references push_devices (owner_id, id) on delete cascade;

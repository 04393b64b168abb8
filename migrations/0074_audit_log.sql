-- What happened to an account: who got in, what changed of its security, what was taken out or looked at, what administrators did.
-- No secrets, and nothing of what is kept in it. `by_name` is whoever did it, where that was not the account's own person.
create table audit_events (
    id uuid primary key,
    owner_id uuid not null,
    happened_at timestamptz not null,
    kind text not null,
    about text,
    by_name text,
    address text not null,
    user_agent text not null
);
alter table audit_events add constraint audit_events_kind check (kind in (
    'signed_in', 'password_changed', 'password_reset', 'email_changed', 'session_ended', 'sessions_ended',
    'second_step_on', 'second_step_off', 'recovery_codes_made', 'calendar_made', 'calendar_ended', 'exported', 'brought', 'coach_invited', 'coach_let_in', 'coach_ended', 'coach_looked',
    'token_made', 'token_ended', 'account_made', 'account_deleted', 'disabled', 'enabled', 'promoted', 'demoted', 'link_made', 'invited', 'invitation_revoked', 'sign_up_changed'));
alter table audit_events add constraint audit_events_about_length check (char_length(about) between 1 and 254);
alter table audit_events add constraint audit_events_by_name_length check (char_length(by_name) between 1 and 200);
alter table audit_events add constraint audit_events_address_length check (char_length(address) <= 64);
alter table audit_events add constraint audit_events_user_agent_length check (char_length(user_agent) <= 300);
create index audit_events_of on audit_events (owner_id, id);
alter table audit_events add constraint audit_events_owner foreign key (owner_id) references users (id) on delete cascade;

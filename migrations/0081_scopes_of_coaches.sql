-- How much a coach may see, whether they may comment, and until when. Who was let in before sees everything, as before.
alter table grants add column scope text not null default 'everything';
alter table grants add column may_comment boolean not null default false;
-- The last day on which it holds, where the seeker is.
alter table grants add column ends_on date;
alter table grants add constraint grants_scope check (scope in ('progress', 'everything_but_notes', 'everything'));

-- What was changed of a coach's access is noted, too.
alter table audit_events drop constraint audit_events_kind;
alter table audit_events add constraint audit_events_kind check (kind in (
    'signed_in', 'password_changed', 'password_reset', 'email_changed', 'session_ended', 'sessions_ended',
    'second_step_on', 'second_step_off', 'recovery_codes_made', 'calendar_made', 'calendar_ended', 'exported', 'brought',
    'coach_invited', 'coach_let_in', 'coach_changed', 'coach_ended', 'coach_looked', 'token_made', 'token_ended', 'account_made',
    'account_deleted', 'disabled', 'enabled', 'promoted', 'demoted', 'link_made', 'invited', 'invitation_revoked', 'sign_up_changed'));

-- What a coach looked at: one row for each page and hour. `grant_id` names no row of this account: grants stand on the coordinator
-- of a cluster, and what was looked at is told for as long as the audit log, also of a coach who left.
create table looks (
    user_id uuid not null,
    id uuid not null,
    grant_id uuid not null,
    by_name text not null,
    path text not null,
    looked_at timestamptz not null,
    constraint looks_pkey primary key (user_id, id)
);
alter table looks add constraint looks_by_name_length check (char_length(by_name) between 1 and 200);
alter table looks add constraint looks_path_length check (char_length(path) between 1 and 200);
create unique index looks_once on looks (user_id, grant_id, path, looked_at);
create index looks_latest on looks (user_id, looked_at);
alter table looks add constraint looks_user foreign key (user_id) references users (id) on delete cascade;

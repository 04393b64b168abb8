-- Seekers and coaches that an administrator put together. Being in one shows nobody's search to anyone.
create table cohorts (
    id uuid primary key,
    name text not null,
    name_folded text not null,
    created_at timestamptz not null,
    archived_at timestamptz,
    -- No week that began before is counted: an account that had a part in it is gone, and who knew the sums of before could tell
    -- them from those of after.
    counted_since timestamptz
);
alter table cohorts add constraint cohorts_name_length check (char_length(name) between 1 and 80);
alter table cohorts add constraint cohorts_name_folded_length check (char_length(name_folded) between 1 and 300);
create unique index cohorts_name_taken on cohorts (name_folded) where archived_at is null;

-- One row a stay. It stays when it ended, so that the weeks before keep their people.
create table cohort_members (
    id uuid primary key,
    cohort_id uuid not null,
    member_id uuid not null,
    role text not null,
    joined_at timestamptz not null,
    left_at timestamptz,
    -- The pasted list they came with.
    list_id uuid
);
alter table cohort_members add constraint cohort_members_role check (role in ('seeker', 'coach'));
alter table cohort_members add constraint cohort_members_left_after_joining check (left_at >= joined_at);
create unique index cohort_members_once on cohort_members (cohort_id, member_id) where left_at is null;
-- A seeker is in one at a time: of two that share all but one person, the difference would be that person.
create unique index cohort_members_in_one on cohort_members (member_id) where left_at is null and role = 'seeker';
create index cohort_members_of_cohort on cohort_members (cohort_id);
create index cohort_members_of_member on cohort_members (member_id);
create index cohort_members_of_list on cohort_members (list_id) where list_id is not null;

-- Who accepts an invitation of a cohort is in it.
alter table invitations add column cohort_id uuid, add column cohort_role text, add column list_id uuid;
alter table invitations add constraint invitations_cohort_role check (cohort_role in ('seeker', 'coach'));
alter table invitations add constraint invitations_cohort_whole check ((cohort_id is null) = (cohort_role is null));
create index invitations_of_cohort on invitations (cohort_id) where cohort_id is not null;
create index invitations_of_list on invitations (list_id) where list_id is not null;

alter table audit_events drop constraint audit_events_kind;
alter table audit_events add constraint audit_events_kind check (kind in (
    'signed_in', 'sign_in_refused', 'confirm_refused', 'password_changed', 'password_reset', 'email_changed', 'session_ended',
    'sessions_ended', 'second_step_on', 'second_step_off', 'recovery_codes_made', 'passkey_added', 'passkey_removed',
    'passkey_refused', 'identity_linked', 'identity_unlinked', 'calendar_made', 'calendar_ended', 'exported', 'brought',
    'coach_invited', 'coach_let_in', 'coach_changed', 'coach_ended', 'coach_looked', 'token_made', 'token_ended', 'account_made',
    'account_deleted', 'disabled', 'enabled', 'promoted', 'demoted', 'link_made', 'invited', 'invitation_revoked',
    'sign_up_changed', 'cohort_made', 'cohort_changed', 'cohort_archived', 'cohort_joined', 'cohort_left'));

alter table invitations add constraint invitations_cohort foreign key (cohort_id) references cohorts (id) on delete cascade;
alter table cohort_members add constraint cohort_members_cohort foreign key (cohort_id) references cohorts (id) on delete cascade;
alter table cohort_members add constraint cohort_members_member foreign key (member_id) references users (id) on delete cascade;

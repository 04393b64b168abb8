-- MB all documents of one account may have together, where that is another number than the installation's.
alter table users add column documents_mb smallint;
alter table users add constraint users_documents_mb check (documents_mb between 1 and 200);

alter table audit_events drop constraint audit_events_kind;
alter table audit_events add constraint audit_events_kind check (kind in (
    'signed_in', 'sign_in_refused', 'confirm_refused', 'password_changed', 'password_reset', 'email_changed', 'session_ended',
    'sessions_ended', 'second_step_on', 'second_step_off', 'recovery_codes_made', 'passkey_added', 'passkey_removed',
    'passkey_refused', 'identity_linked', 'identity_unlinked', 'calendar_made', 'calendar_ended', 'exported', 'brought',
    'coach_invited', 'coach_let_in', 'coach_changed', 'coach_ended', 'coach_looked', 'token_made', 'token_ended', 'account_made',
    'account_deleted', 'disabled', 'enabled', 'promoted', 'demoted', 'room_changed', 'link_made', 'invited', 'invitation_revoked',
    'sign_up_changed', 'cohort_made', 'cohort_changed', 'cohort_archived', 'cohort_joined', 'cohort_left'));

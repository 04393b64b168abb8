-- A coach is invited by a link that the seeker hands over, and looks once the seeker let whoever accepted it in: an address that
-- nobody proved says nothing about who has the account. What was invited by address and still waits ends here; a new link takes
-- its place.
alter table grants drop constraint grants_email_form;
drop index grants_address_once;
alter table grants rename column email to label;
alter table grants add constraint grants_label_length check (char_length(label) between 1 and 254);
alter table grants add column token_hash bytea constraint grants_token_hash_length check (octet_length(token_hash) = 32);
alter table grants add column let_in_at timestamptz;
-- When the coach looked first: until then Today tells them that they may.
alter table grants add column looked_at timestamptz;
create unique index grants_token on grants (token_hash);
update grants set revoked_at = coalesce(revoked_at, now()), coach_id = null where accepted_at is null;
update grants set let_in_at = accepted_at, looked_at = accepted_at;
alter table grants drop constraint grants_accepted_by_somebody;
alter table grants add constraint grants_accepted_by_somebody check ((accepted_at is null) = (coach_id is null));
alter table grants add constraint grants_let_in_after_accepting check (let_in_at is null or accepted_at is not null);
alter table grants add constraint grants_looked_after_let_in check (looked_at is null or let_in_at is not null);
alter table grants add constraint grants_waiting_has_link check (accepted_at is not null or revoked_at is not null or token_hash is not null);

-- A link to set a new password with: one an account, once, until its time is over.
alter table users add column password_link_hash bytea constraint users_password_link_hash_length check (octet_length(password_link_hash) = 32);
alter table users add column password_link_until timestamptz;
alter table users add constraint users_password_link_whole check ((password_link_hash is null) = (password_link_until is null));
create unique index users_password_link on users (password_link_hash);

-- Mail on its way: written together with what it tells of, sent by a job. A row goes once its mail was taken; one that could not be
-- sent stays for the administrator, without what it said. `due_at` is when it is tried next, and while it is being sent, when
-- someone else may take it over.
create table mails (
    id uuid primary key,
    kind text not null constraint mails_kind_known check (kind in (
        'sign_up', 'confirmation', 'password', 'invitation', 'coaching', 'new_browser', 'change', 'test'
    )),
    recipient text not null constraint mails_recipient_length check (char_length(recipient) between 3 and 254),
    account_id uuid,
    letter jsonb constraint mails_letter_form check (jsonb_typeof(letter) = 'object' and octet_length(letter::text) <= 4096),
    made_at timestamptz not null,
    expires_at timestamptz not null,
    due_at timestamptz,
    attempts integer not null default 0,
    failed_at timestamptz,
    problem text constraint mails_problem_length check (char_length(problem) <= 300),
    constraint mails_waiting_or_failed check ((due_at is null) = (failed_at is not null)),
    constraint mails_say_nothing_once_failed check ((letter is null) = (failed_at is not null))
);
create index mails_due on mails (due_at) where due_at is not null;
create index mails_failed on mails (failed_at) where failed_at is not null;
create index mails_of_account on mails (account_id) where account_id is not null;

-- Whether the e-mail address of an account was shown to be its owner's, and the link by which it is.
alter table users add column email_confirmed_at timestamptz;
alter table users add column email_link_hash bytea;
alter table users add column email_link_until timestamptz;
alter table users add constraint users_email_link_hash_length check (octet_length(email_link_hash) = 32);
alter table users add constraint users_email_link_whole check ((email_link_hash is null) = (email_link_until is null));

alter table mails add constraint mails_account foreign key (account_id) references users (id) on delete cascade;

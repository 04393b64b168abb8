-- What accounts are reminded of by mail; no row where that is not wanted. `next_at` is when the job looks at it next. `since` is when
-- it was switched on: what was to be told before is not.
create table reminders (
    account_id uuid not null,
    kind text not null constraint reminders_kind_known check (kind in ('digest', 'talk', 'review')),
    -- Of the digest and the review: the hour where the account's person is.
    hour smallint constraint reminders_hour_bounds check (hour between 0 and 23),
    working_days boolean not null,
    -- Of a talk: how long before.
    lead text constraint reminders_lead_known check (lead in ('quarter', 'hour', 'two_hours', 'evening')),
    since timestamptz not null,
    next_at timestamptz not null,
    constraint reminders_key primary key (account_id, kind),
    constraint reminders_whole check ((kind = 'talk') = (lead is not null) and (kind = 'talk') = (hour is null))
);
create index reminders_next on reminders (next_at);

-- What was told, so that each is told once: written together with its mail. `day` is the day where the person is; `about` names the
-- talk and its time, and is empty otherwise.
create table reminders_told (
    account_id uuid not null,
    kind text not null constraint reminders_told_kind_known check (kind in ('digest', 'talk', 'review')),
    day date not null,
    about text not null constraint reminders_told_about_length check (char_length(about) <= 80),
    told_at timestamptz not null,
    constraint reminders_told_key primary key (account_id, kind, day, about)
);
create index reminders_told_at on reminders_told (told_at);

alter table mails drop constraint mails_kind_known;
alter table mails add constraint mails_kind_known check (kind in (
    'sign_up', 'confirmation', 'password', 'invitation', 'coaching', 'new_browser', 'change', 'test', 'digest', 'talk', 'review'
));

alter table reminders add constraint reminders_account foreign key (account_id) references users (id) on delete cascade;
alter table reminders_told add constraint reminders_told_account foreign key (account_id) references users (id) on delete cascade;

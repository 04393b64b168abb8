-- Roles at companies, and who puts the user forward.

create table openings (
    user_id uuid not null,
    id uuid not null,
    company_id uuid not null,
    title text not null constraint openings_title_form check (char_length(title) between 1 and 200 and title = btrim(title)),
    source text not null constraint openings_source_known check (source in ('posted', 'inside')),
    url text constraint openings_url_length check (char_length(url) <= 2000),
    place text constraint openings_place_length check (char_length(place) between 1 and 200),
    salary text constraint openings_salary_length check (char_length(salary) between 1 and 200),
    posting_text text constraint openings_posting_text_length check (char_length(posting_text) <= 50000),
    notes text constraint openings_notes_length check (char_length(notes) <= 20000),
    status text not null constraint openings_status_known check (status in
        ('watching', 'applied', 'screening', 'interviewing', 'offer', 'accepted', 'rejected', 'withdrawn', 'closed')),
    status_since date not null,
    seen_on date not null,
    applied_on date,
    applied_how text constraint openings_applied_how_length check (char_length(applied_how) between 1 and 500),
    confirmed_by uuid,
    confirmed_on date,
    created_at timestamptz not null,
    deleted_at timestamptz,
    version integer not null default 1,
    constraint openings_key primary key (user_id, id),
    constraint openings_confirmed_by_somebody check ((confirmed_by is null) = (confirmed_on is null))
);
alter table openings add constraint openings_user foreign key (user_id) references users (id) on delete cascade;
alter table openings add constraint openings_company foreign key (user_id, company_id) references companies (user_id, id);
alter table openings add constraint openings_confirmed_by foreign key (user_id, confirmed_by) references contacts (user_id, id);
create index openings_of_company on openings (user_id, company_id);
create index openings_by_status on openings (user_id, status, id) where deleted_at is null;
create index openings_by_confirmer on openings (user_id, confirmed_by) where confirmed_by is not null;

-- Each change of an opening's status, appended.
create table opening_changes (
    user_id uuid not null,
    id uuid not null,
    opening_id uuid not null,
    status text not null constraint opening_changes_status_known check (status in
        ('watching', 'applied', 'screening', 'interviewing', 'offer', 'accepted', 'rejected', 'withdrawn', 'closed')),
    happened_on date not null,
    note text constraint opening_changes_note_length check (char_length(note) between 1 and 2000),
    created_at timestamptz not null,
    constraint opening_changes_key primary key (user_id, id)
);
alter table opening_changes add constraint opening_changes_user foreign key (user_id) references users (id) on delete cascade;
alter table opening_changes add constraint opening_changes_opening
    foreign key (user_id, opening_id) references openings (user_id, id) on delete cascade;
create index opening_changes_of_opening on opening_changes (user_id, opening_id, happened_on, id);

create table referrals (
    user_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    company_id uuid not null,
    opening_id uuid,
    status text not null constraint referrals_status_known check (status in
        ('to_ask', 'asked', 'agreed', 'made', 'declined', 'withdrawn')),
    way text constraint referrals_way_known check (way in ('link', 'hand_in', 'apply_and_speak', 'introduction')),
    details text constraint referrals_details_length check (char_length(details) <= 4000),
    outcome text constraint referrals_outcome_known check (outcome in ('interview', 'offer', 'hired', 'rejected', 'no_news')),
    -- The day the user means to take the next step on, where they chose one.
    planned_on date,
    asked_on date,
    agreed_on date,
    made_on date,
    reminded_on date,
    told_on date,
    closed_on date,
    -- What the playbook makes of the dates above; rewritten with them.
    next_step text constraint referrals_next_step_known check (next_step in ('ask', 'remind', 'remind_to_make', 'tell_and_thank')),
    next_due date,
    created_at timestamptz not null,
    deleted_at timestamptz,
    version integer not null default 1,
    constraint referrals_key primary key (user_id, id),
    constraint referrals_due_has_step check (next_due is null or next_step is not null),
    constraint referrals_agreed_has_way check (status not in ('agreed', 'made') or way is not null)
);
alter table referrals add constraint referrals_user foreign key (user_id) references users (id) on delete cascade;
alter table referrals add constraint referrals_contact
    foreign key (user_id, contact_id) references contacts (user_id, id) on delete cascade;
alter table referrals add constraint referrals_company foreign key (user_id, company_id) references companies (user_id, id);
alter table referrals add constraint referrals_opening foreign key (user_id, opening_id) references openings (user_id, id);
create unique index referrals_once on referrals (user_id, contact_id, opening_id)
    where opening_id is not null and deleted_at is null and status not in ('declined', 'withdrawn');
create unique index referrals_once_for_company on referrals (user_id, contact_id, company_id)
    where opening_id is null and deleted_at is null and status not in ('declined', 'withdrawn');
create index referrals_by_due on referrals (user_id, next_due, id) where deleted_at is null and next_due is not null;
create index referrals_of_contact on referrals (user_id, contact_id);
create index referrals_of_company on referrals (user_id, company_id);
create index referrals_of_opening on referrals (user_id, opening_id) where opening_id is not null;

alter table touchpoints add constraint touchpoints_referral
    foreign key (user_id, referral_id) references referrals (user_id, id) on delete cascade;
create index touchpoints_of_referral on touchpoints (user_id, referral_id) where referral_id is not null;

-- Who does what by when, once a contact agreed to refer.
create table referral_tasks (
    user_id uuid not null,
    id uuid not null,
    referral_id uuid not null,
    whose text not null constraint referral_tasks_whose_known check (whose in ('mine', 'theirs')),
    text text not null constraint referral_tasks_text_length check (char_length(text) between 1 and 500),
    due_on date,
    done_at timestamptz,
    position smallint not null,
    constraint referral_tasks_key primary key (user_id, id)
);
alter table referral_tasks add constraint referral_tasks_user foreign key (user_id) references users (id) on delete cascade;
alter table referral_tasks add constraint referral_tasks_referral
    foreign key (user_id, referral_id) references referrals (user_id, id) on delete cascade;
create index referral_tasks_of_referral on referral_tasks (user_id, referral_id, position);
create index referral_tasks_by_due on referral_tasks (user_id, due_on, id) where done_at is null and due_on is not null;

-- Whom the user wants to work for, who can help, and what happened with them.

create table companies (
    user_id uuid not null,
    id uuid not null,
    name text not null constraint companies_name_form check (char_length(name) between 1 and 200 and name = btrim(name)),
    name_key text not null constraint companies_name_key_length check (char_length(name_key) between 1 and 400),
    website text constraint companies_website_length check (char_length(website) <= 2000),
    careers_url text constraint companies_careers_url_length check (char_length(careers_url) <= 2000),
    linkedin_id text constraint companies_linkedin_id_form check (linkedin_id ~ '^[A-Za-z0-9_%-]{1,200}$'),
    industry text constraint companies_industry_length check (char_length(industry) between 1 and 200),
    place text constraint companies_place_length check (char_length(place) between 1 and 200),
    notes text constraint companies_notes_length check (char_length(notes) <= 20000),
    found_by text not null constraint companies_found_by_known
        check (found_by in ('own_idea', 'job_board', 'contacts', 'competitor', 'area', 'import')),
    motivation smallint not null default 0 constraint companies_motivation_range check (motivation between 0 and 5),
    posting smallint not null default 0 constraint companies_posting_range check (posting between 0 and 3),
    status text not null default 'active' constraint companies_status_known check (status in ('active', 'paused', 'ruled_out')),
    status_reason text constraint companies_status_reason_length check (char_length(status_reason) between 1 and 500),
    import_id uuid,
    created_at timestamptz not null,
    deleted_at timestamptz,
    version integer not null default 1,
    constraint companies_key primary key (user_id, id),
    constraint companies_ruled_out_has_reason check (status <> 'ruled_out' or status_reason is not null)
);
alter table companies add constraint companies_user foreign key (user_id) references users (id) on delete cascade;
create unique index companies_name_taken on companies (user_id, name_key) where deleted_at is null;
create index companies_by_rank on companies (user_id, motivation desc, posting desc, id) where deleted_at is null;

create table contacts (
    user_id uuid not null,
    id uuid not null,
    name text not null constraint contacts_name_form check (char_length(name) between 1 and 200 and name = btrim(name)),
    -- The target company they work at, and the employer's name as it was given: known even where it is no target.
    company_id uuid,
    employer text constraint contacts_employer_length check (char_length(employer) between 1 and 200),
    employer_key text constraint contacts_employer_key_length check (char_length(employer_key) between 1 and 400),
    job_title text constraint contacts_job_title_length check (char_length(job_title) between 1 and 200),
    profile_url text constraint contacts_profile_url_length check (char_length(profile_url) <= 2000),
    profile_key text constraint contacts_profile_key_length check (char_length(profile_key) between 1 and 2000),
    email text constraint contacts_email_form check (email = lower(email) and char_length(email) between 3 and 254),
    phone text constraint contacts_phone_length check (char_length(phone) between 1 and 50),
    place text constraint contacts_place_length check (char_length(place) between 1 and 200),
    time_zone text constraint contacts_time_zone_length check (char_length(time_zone) between 1 and 64),
    closeness text not null default 'other' constraint contacts_closeness_known
        check (closeness in ('same_role', 'adjacent', 'hiring_manager', 'recruiter', 'other')),
    warmth text not null default 'stranger' constraint contacts_warmth_known
        check (warmth in ('knows_me', 'can_be_introduced', 'same_school', 'same_employer', 'stranger')),
    live_profile boolean not null default false,
    why text constraint contacts_why_length check (char_length(why) between 1 and 500),
    introduced_by uuid,
    notes text constraint contacts_notes_length check (char_length(notes) <= 20000),
    rhythm_days smallint constraint contacts_rhythm_range check (rhythm_days between 0 and 730),
    retain_until date,
    connected_on date,
    -- What the playbook makes of the touchpoints; rewritten in every transaction that adds one.
    stage text not null constraint contacts_stage_known check (stage in
        ('identified', 'requested', 'connected', 'asked', 'scheduled', 'spoke', 'in_touch', 'moved_on', 'declined')),
    next_step text constraint contacts_next_step_known check (next_step in
        ('request', 'ask_second_person', 'try_another_way', 'ask_for_talk', 'follow_up', 'follow_up_again',
         'send_moving_on_note', 'set_time', 'prepare', 'hold', 'thank', 'write')),
    next_due date,
    -- The day on which the next step becomes by itself the one that follows it: preparing turns into holding the talk.
    next_turns_on date,
    requested_on date,
    asked_on date,
    talk_on date,
    last_touch_on date,
    import_id uuid,
    created_at timestamptz not null,
    deleted_at timestamptz,
    version integer not null default 1,
    constraint contacts_key primary key (user_id, id),
    constraint contacts_due_has_step check (next_due is null or next_step is not null),
    constraint contacts_resting_has_no_step check (stage not in ('moved_on', 'declined') or next_step is null),
    constraint contacts_not_introduced_by_themselves check (introduced_by <> id)
);
alter table contacts add constraint contacts_user foreign key (user_id) references users (id) on delete cascade;
alter table contacts add constraint contacts_company foreign key (user_id, company_id) references companies (user_id, id);
alter table contacts add constraint contacts_introduced_by foreign key (user_id, introduced_by) references contacts (user_id, id);
create unique index contacts_profile_taken on contacts (user_id, profile_key) where deleted_at is null;
create index contacts_by_due on contacts (user_id, next_due, id) where deleted_at is null and next_due is not null;
create index contacts_by_name on contacts (user_id, lower(name), id) where deleted_at is null;
create index contacts_of_company on contacts (user_id, company_id) where company_id is not null;
create index contacts_by_employer on contacts (user_id, employer_key) where deleted_at is null and employer_key is not null;
create index contacts_by_stage on contacts (user_id, stage) where deleted_at is null;
create index contacts_introduced on contacts (user_id, introduced_by) where introduced_by is not null;

-- The history: rows are added, never changed. 'undone' takes back the row it names.
create table touchpoints (
    user_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    kind text not null constraint touchpoints_kind_known check (kind in
        ('found', 'already_connected', 'picked', 'requested', 'introduction_asked', 'second_person_asked', 'accepted',
         'introduced', 'asked', 'followed_up', 'moving_on_note', 'answered_yes', 'answered_later', 'answered_in_writing',
         'answered_no', 'sent_on', 'scheduled', 'rescheduled', 'prepared', 'held', 'cancelled', 'no_show', 'thanked', 'wrote',
         'replied', 'met', 'commented', 'referral_asked', 'referral_agreed', 'referral_made', 'referral_declined',
         'referral_told', 'moved_on', 'reopened', 'snoozed', 'done_otherwise', 'dismissed', 'undone')),
    direction text not null constraint touchpoints_direction_known check (direction in ('out', 'in', 'none')),
    channel text constraint touchpoints_channel_known check (channel in
        ('linkedin_note', 'linkedin_message', 'email', 'text', 'phone', 'video', 'in_person', 'form', 'other')),
    -- The civil date where the user was, kept so that a change of zone moves no due date.
    happened_on date not null,
    happened_at timestamptz not null,
    until date,
    body text constraint touchpoints_body_length check (char_length(body) <= 20000),
    note text constraint touchpoints_note_length check (char_length(note) between 1 and 2000),
    template text constraint touchpoints_template_length check (char_length(template) between 1 and 100),
    template_version integer,
    undoes uuid,
    interview_id uuid,
    referral_id uuid,
    created_at timestamptz not null,
    constraint touchpoints_key primary key (user_id, id),
    constraint touchpoints_undone_names_one check ((kind = 'undone') = (undoes is not null))
);
alter table touchpoints add constraint touchpoints_user foreign key (user_id) references users (id) on delete cascade;
alter table touchpoints add constraint touchpoints_contact
    foreign key (user_id, contact_id) references contacts (user_id, id) on delete cascade;
alter table touchpoints add constraint touchpoints_undoes foreign key (user_id, undoes) references touchpoints (user_id, id);
create unique index touchpoints_undone_once on touchpoints (user_id, undoes) where undoes is not null;
create index touchpoints_of_contact on touchpoints (user_id, contact_id, happened_on, id);
create index touchpoints_by_kind on touchpoints (user_id, kind, happened_on);

-- Who could introduce the user to whom, and what came of asking.
create table introductions (
    user_id uuid not null,
    id uuid not null,
    introducer_id uuid not null,
    introduced_id uuid not null constraint introductions_two_people check (introduced_id <> introducer_id),
    status text not null constraint introductions_status_known check (status in ('possible', 'asked', 'made', 'declined')),
    note text constraint introductions_note_length check (char_length(note) between 1 and 2000),
    asked_on date,
    made_on date,
    created_at timestamptz not null,
    deleted_at timestamptz,
    version integer not null default 1,
    constraint introductions_key primary key (user_id, id)
);
alter table introductions add constraint introductions_user foreign key (user_id) references users (id) on delete cascade;
alter table introductions add constraint introductions_introducer
    foreign key (user_id, introducer_id) references contacts (user_id, id) on delete cascade;
alter table introductions add constraint introductions_introduced
    foreign key (user_id, introduced_id) references contacts (user_id, id) on delete cascade;
create unique index introductions_once on introductions (user_id, introducer_id, introduced_id) where deleted_at is null;
create index introductions_of_introduced on introductions (user_id, introduced_id);

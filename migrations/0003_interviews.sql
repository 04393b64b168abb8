-- Informational interviews: what was asked, said, learned and promised.

create table informational_interviews (
    user_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    company_id uuid,
    status text not null constraint interviews_status_known check (status in ('scheduled', 'held', 'cancelled', 'no_show')),
    starts_at timestamptz not null,
    minutes smallint not null constraint interviews_minutes_range check (minutes between 5 and 240),
    way text not null constraint interviews_way_known check (way in ('video', 'phone', 'in_person', 'in_writing')),
    -- The link, number or address by which the two meet.
    place text constraint interviews_place_length check (char_length(place) between 1 and 1000),
    -- The contact's zone when the talk was set, for showing both clocks.
    their_time_zone text constraint interviews_their_time_zone_length check (char_length(their_time_zone) between 1 and 64),
    -- Raised with every change a calendar must notice (RFC 5546, SEQUENCE).
    sequence integer not null default 0,
    changed_at timestamptz not null,
    opener text constraint interviews_opener_length check (char_length(opener) <= 4000),
    notes text constraint interviews_notes_length check (char_length(notes) <= 100000),
    -- Raised with every save of the notes, and the drawn page that saved them last: two tabs must not overwrite each other.
    notes_version integer not null default 1,
    notes_saved_from uuid,
    time_kept boolean,
    thanked boolean,
    summed_up boolean,
    read_back boolean,
    asked_who_else boolean,
    referral_talk text constraint interviews_referral_talk_known check (referral_talk in ('asked', 'will_ask', 'not_now')),
    how_it_went smallint constraint interviews_how_it_went_range check (how_it_went between 1 and 5),
    their_share smallint constraint interviews_their_share_range check (their_share between 0 and 100),
    confidence_before smallint constraint interviews_confidence_before_range check (confidence_before between 1 and 5),
    confidence_after smallint constraint interviews_confidence_after_range check (confidence_after between 1 and 5),
    created_at timestamptz not null,
    deleted_at timestamptz,
    version integer not null default 1,
    constraint interviews_key primary key (user_id, id)
);
alter table informational_interviews add constraint interviews_user foreign key (user_id) references users (id) on delete cascade;
alter table informational_interviews add constraint interviews_contact
    foreign key (user_id, contact_id) references contacts (user_id, id) on delete cascade;
alter table informational_interviews add constraint interviews_company
    foreign key (user_id, company_id) references companies (user_id, id);
create index interviews_by_start on informational_interviews (user_id, starts_at, id) where deleted_at is null;
create index interviews_of_contact on informational_interviews (user_id, contact_id);
create index interviews_of_company on informational_interviews (user_id, company_id) where company_id is not null;

alter table touchpoints add constraint touchpoints_interview
    foreign key (user_id, interview_id) references informational_interviews (user_id, id) on delete cascade;
create index touchpoints_of_interview on touchpoints (user_id, interview_id) where interview_id is not null;

-- The user's question bank; the starter bank is part of the program.
create table questions (
    user_id uuid not null,
    id uuid not null,
    topic text not null constraint questions_topic_known check (topic in
        ('day_to_day', 'team', 'requirements', 'fit', 'openings', 'people', 'culture', 'process',
         'trends', 'insights', 'advice', 'resources', 'assignments')),
    text text not null constraint questions_text_length check (char_length(text) between 1 and 500),
    created_at timestamptz not null,
    deleted_at timestamptz,
    version integer not null default 1,
    constraint questions_key primary key (user_id, id)
);
alter table questions add constraint questions_user foreign key (user_id) references users (id) on delete cascade;
create unique index questions_text_taken on questions (user_id, md5(text)) where deleted_at is null;

-- The questions picked for one talk, in order, with what was answered.
create table interview_questions (
    user_id uuid not null,
    id uuid not null,
    interview_id uuid not null,
    topic text not null constraint interview_questions_topic_known check (topic in
        ('day_to_day', 'team', 'requirements', 'fit', 'openings', 'people', 'culture', 'process',
         'trends', 'insights', 'advice', 'resources', 'assignments')),
    text text not null constraint interview_questions_text_length check (char_length(text) between 1 and 500),
    position smallint not null,
    answer text constraint interview_questions_answer_length check (char_length(answer) <= 20000),
    -- The drawn page that saved the answer last.
    saved_from uuid,
    deleted_at timestamptz,
    version integer not null default 1,
    constraint interview_questions_key primary key (user_id, id)
);
alter table interview_questions add constraint interview_questions_user foreign key (user_id) references users (id) on delete cascade;
alter table interview_questions add constraint interview_questions_interview
    foreign key (user_id, interview_id) references informational_interviews (user_id, id) on delete cascade;
create unique index interview_questions_once on interview_questions (user_id, interview_id, md5(text)) where deleted_at is null;

-- What was found out before a talk, by source.
create table findings (
    user_id uuid not null,
    id uuid not null,
    interview_id uuid not null,
    source text not null constraint findings_source_known check (source in
        ('profile', 'job_descriptions', 'peers', 'website', 'reviews', 'news', 'careers')),
    text text constraint findings_text_length check (char_length(text) <= 20000),
    checked_at timestamptz,
    version integer not null default 1,
    constraint findings_key primary key (user_id, id)
);
alter table findings add constraint findings_user foreign key (user_id) references users (id) on delete cascade;
alter table findings add constraint findings_interview
    foreign key (user_id, interview_id) references informational_interviews (user_id, id) on delete cascade;
create unique index findings_once on findings (user_id, interview_id, source);

create table insights (
    user_id uuid not null,
    id uuid not null,
    interview_id uuid not null,
    contact_id uuid not null,
    company_id uuid,
    topic text not null constraint insights_topic_known check (topic in
        ('day_to_day', 'team', 'requirements', 'fit', 'openings', 'people', 'culture', 'process',
         'trends', 'insights', 'advice', 'resources', 'assignments')),
    weight text constraint insights_weight_known check (weight in ('essential', 'nice_to_have')),
    text text not null constraint insights_text_length check (char_length(text) between 1 and 2000),
    created_at timestamptz not null,
    deleted_at timestamptz,
    version integer not null default 1,
    constraint insights_key primary key (user_id, id)
);
alter table insights add constraint insights_user foreign key (user_id) references users (id) on delete cascade;
alter table insights add constraint insights_interview
    foreign key (user_id, interview_id) references informational_interviews (user_id, id) on delete cascade;
alter table insights add constraint insights_contact
    foreign key (user_id, contact_id) references contacts (user_id, id) on delete cascade;
alter table insights add constraint insights_company foreign key (user_id, company_id) references companies (user_id, id);
create index insights_of_interview on insights (user_id, interview_id);
create index insights_of_contact on insights (user_id, contact_id);
create index insights_of_company on insights (user_id, company_id) where company_id is not null;

create table action_items (
    user_id uuid not null,
    id uuid not null,
    interview_id uuid not null,
    contact_id uuid not null,
    whose text not null constraint action_items_whose_known check (whose in ('mine', 'theirs')),
    text text not null constraint action_items_text_length check (char_length(text) between 1 and 1000),
    due_on date,
    done_at timestamptz,
    dismissed_at timestamptz,
    created_at timestamptz not null,
    deleted_at timestamptz,
    version integer not null default 1,
    constraint action_items_key primary key (user_id, id)
);
alter table action_items add constraint action_items_user foreign key (user_id) references users (id) on delete cascade;
alter table action_items add constraint action_items_interview
    foreign key (user_id, interview_id) references informational_interviews (user_id, id) on delete cascade;
alter table action_items add constraint action_items_contact
    foreign key (user_id, contact_id) references contacts (user_id, id) on delete cascade;
create index action_items_of_interview on action_items (user_id, interview_id);
create index action_items_of_contact on action_items (user_id, contact_id);
create index action_items_by_due on action_items (user_id, due_on, id)
    where done_at is null and dismissed_at is null and deleted_at is null and due_on is not null;

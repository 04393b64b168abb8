-- Talks: the times that were proposed, what was caught before it is filed, the clock of a talk, and who speaks.

-- Up to three times for a talk, kept until they are answered; one offer at a time for each contact.
create table talk_proposals (
    user_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    first_at timestamptz not null,
    second_at timestamptz,
    third_at timestamptz,
    minutes smallint not null constraint talk_proposals_minutes_range check (minutes between 5 and 240),
    way text not null constraint talk_proposals_way_known check (way in ('video', 'phone', 'in_person', 'in_writing')),
    place text constraint talk_proposals_place_length check (char_length(place) between 1 and 1000),
    their_time_zone text constraint talk_proposals_their_time_zone_length check (char_length(their_time_zone) between 1 and 64),
    -- Since when one of them is taken, or none of them suits.
    answered_at timestamptz,
    created_at timestamptz not null,
    version integer not null default 1,
    constraint talk_proposals_key primary key (user_id, id)
);
alter table talk_proposals add constraint talk_proposals_user foreign key (user_id) references users (id) on delete cascade;
alter table talk_proposals add constraint talk_proposals_contact
    foreign key (user_id, contact_id) references contacts (user_id, id) on delete cascade;
create unique index talk_proposals_one on talk_proposals (user_id, contact_id);

-- What was caught in a talk with one key, until it is filed.
create table captured_lines (
    user_id uuid not null,
    id uuid not null,
    interview_id uuid not null,
    kind text not null constraint captured_lines_kind_known check (kind in ('mine', 'theirs', 'insight', 'person', 'opening')),
    text text not null constraint captured_lines_text_length check (char_length(text) between 1 and 2000),
    captured_at timestamptz not null,
    -- Since when it is filed, and how often it was: what it became has the line's id plus that number.
    filed_at timestamptz,
    filings smallint not null default 0,
    dismissed_at timestamptz,
    version integer not null default 1,
    constraint captured_lines_key primary key (user_id, id)
);
alter table captured_lines add constraint captured_lines_user foreign key (user_id) references users (id) on delete cascade;
alter table captured_lines add constraint captured_lines_interview
    foreign key (user_id, interview_id) references informational_interviews (user_id, id) on delete cascade;
create index captured_lines_of_interview on captured_lines (user_id, interview_id);

alter table informational_interviews
    -- When it really began; the time left counts from here.
    add column started_at timestamptz,
    -- Who is speaking since when, and how long each has spoken before.
    add column speaker text constraint interviews_speaker_known check (speaker in ('me', 'them')),
    add column speaking_since timestamptz,
    add column my_seconds integer not null default 0 constraint interviews_my_seconds_range check (my_seconds between 0 and 100000),
    add column their_seconds integer not null default 0 constraint interviews_their_seconds_range check (their_seconds between 0 and 100000);

-- Ticked for the thank-you.
alter table insights add column in_thank_you boolean not null default false;

-- Dates of theirs and reasons to write, for keeping in touch.

-- A day of the year, with the year it began in where that is known.
create table contact_dates (
    user_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    kind text not null constraint contact_dates_kind_known check (kind in ('birthday', 'work_anniversary', 'other')),
    word text constraint contact_dates_word_length check (char_length(word) between 1 and 100),
    month smallint not null,
    day smallint not null,
    year smallint constraint contact_dates_year_range check (year between 1900 and 2200),
    created_at timestamptz not null,
    deleted_at timestamptz,
    version integer not null default 1,
    constraint contact_dates_key primary key (user_id, id),
    constraint contact_dates_in_the_calendar check (month between 1 and 12 and day between 1 and
        case when month = 2 then 29 when month in (4, 6, 9, 11) then 30 else 31 end),
    constraint contact_dates_other_has_word check ((kind = 'other') = (word is not null))
);
alter table contact_dates add constraint contact_dates_user foreign key (user_id) references users (id) on delete cascade;
alter table contact_dates add constraint contact_dates_contact
    foreign key (user_id, contact_id) references contacts (user_id, id) on delete cascade;
create index contact_dates_of_contact on contact_dates (user_id, contact_id);

-- Reasons to write, kept until one is needed. One is used once the message it gave rise to was sent, and open again when that
-- is taken back: the history says so, nothing is written here.
create table reasons (
    user_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    kind text not null constraint reasons_kind_known check (kind in
        ('article', 'advice_acted_on', 'news_of_mine', 'news_of_theirs', 'other')),
    text text not null constraint reasons_text_length check (char_length(text) between 1 and 2000),
    link text constraint reasons_link_length check (char_length(link) between 1 and 2000),
    -- The advice it came from, where it was given in a talk.
    insight_id uuid,
    used_by uuid,
    created_at timestamptz not null,
    deleted_at timestamptz,
    version integer not null default 1,
    constraint reasons_key primary key (user_id, id)
);
alter table reasons add constraint reasons_user foreign key (user_id) references users (id) on delete cascade;
alter table reasons add constraint reasons_contact
    foreign key (user_id, contact_id) references contacts (user_id, id) on delete cascade;
alter table reasons add constraint reasons_insight
    foreign key (user_id, insight_id) references insights (user_id, id) on delete cascade;
alter table reasons add constraint reasons_used_by
    foreign key (user_id, used_by) references touchpoints (user_id, id) on delete cascade;
create index reasons_of_contact on reasons (user_id, contact_id);
create unique index reasons_of_insight on reasons (user_id, insight_id) where insight_id is not null and deleted_at is null;
create index reasons_by_insight on reasons (user_id, insight_id) where insight_id is not null;
create index reasons_by_use on reasons (user_id, used_by) where used_by is not null;

-- The day of theirs for which the next step is to write, if it is for one.
alter table contacts add column occasion_on date;
alter table contacts add constraint contacts_occasion_is_to_write check (occasion_on is null or next_step = 'write');

-- Offers side by side: what each is like by what matters to the user, and what was decided.

create table offers (
    user_id uuid not null,
    id uuid not null,
    opening_id uuid not null,
    made_on date not null,
    answer_by date,
    salary text constraint offers_salary_length check (char_length(salary) between 1 and 200),
    notes text constraint offers_notes_length check (char_length(notes) <= 20000),
    decision text constraint offers_decision_known check (decision in ('accepted', 'declined')),
    decided_on date,
    decision_note text constraint offers_decision_note_length check (char_length(decision_note) between 1 and 2000),
    created_at timestamptz not null,
    version integer not null default 1,
    constraint offers_key primary key (user_id, id),
    constraint offers_decided_on_a_day check ((decision is null) = (decided_on is null))
);
alter table offers add constraint offers_user foreign key (user_id) references users (id) on delete cascade;
alter table offers add constraint offers_opening foreign key (user_id, opening_id) references openings (user_id, id) on delete cascade;
create unique index offers_once on offers (user_id, opening_id);

-- What an offer is measured by, in the user's words.
create table offer_criteria (
    user_id uuid not null,
    id uuid not null,
    name text not null constraint offer_criteria_name_form check (char_length(name) between 1 and 100 and name = btrim(name)),
    weight smallint not null constraint offer_criteria_weight_range check (weight between 0 and 5),
    created_at timestamptz not null,
    deleted_at timestamptz,
    constraint offer_criteria_key primary key (user_id, id)
);
alter table offer_criteria add constraint offer_criteria_user foreign key (user_id) references users (id) on delete cascade;
create unique index offer_criteria_name_taken on offer_criteria (user_id, lower(name)) where deleted_at is null;

create table offer_marks (
    user_id uuid not null,
    id uuid not null,
    offer_id uuid not null,
    criterion_id uuid not null,
    text text constraint offer_marks_text_length check (char_length(text) between 1 and 500),
    mark smallint constraint offer_marks_mark_range check (mark between 1 and 5),
    constraint offer_marks_key primary key (user_id, id)
);
alter table offer_marks add constraint offer_marks_user foreign key (user_id) references users (id) on delete cascade;
alter table offer_marks add constraint offer_marks_offer foreign key (user_id, offer_id) references offers (user_id, id) on delete cascade;
alter table offer_marks add constraint offer_marks_criterion
    foreign key (user_id, criterion_id) references offer_criteria (user_id, id) on delete cascade;
create unique index offer_marks_once on offer_marks (user_id, offer_id, criterion_id);
create index offer_marks_of_criterion on offer_marks (user_id, criterion_id);

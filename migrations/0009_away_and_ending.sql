-- Going away, what a change of settings moved, and the end of the search.

-- The day a promise or a task had before the user went away; it goes back there if they stay.
alter table action_items add column moved_from date;
alter table referral_tasks add column moved_from date;

-- At the end of the search this one is left without a word, on purpose.
alter table contacts add column ending_skipped_at timestamptz;

-- What the last change of intervals, days off or being away moved to other days; one row a user.
create table replans (
    user_id uuid not null,
    id uuid not null,
    cause text not null constraint replans_cause_known check (cause in ('pace', 'holidays', 'away', 'ending')),
    -- How many moved; the first thousand are named in 'moves'.
    moved integer not null constraint replans_moved_range check (moved >= 0),
    moves jsonb not null constraint replans_moves_form
        check (jsonb_typeof(moves) = 'array' and octet_length(moves::text) <= 1048576),
    created_at timestamptz not null,
    constraint replans_key primary key (user_id, id)
);
alter table replans add constraint replans_user foreign key (user_id) references users (id) on delete cascade;

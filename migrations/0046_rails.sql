-- What the frame of every page says is kept, so that it is not counted with every request: how many things are due, as counted
-- on a day. So are the numbers above the longest list. A change begins by forgetting it. It can be made anew at any time: it needs no log, and is empty after a crash and
-- on a copy that takes over. Everyone's table, like the sessions it is read with.
create unlogged table rails (
    owner_id uuid primary key,
    -- Another with every change: what was counted before it is not kept after it.
    stamp uuid not null,
    -- Changes under way, and until when at the longest: one that never said its end holds nothing up for long.
    writers integer not null constraint rails_writers_bounds check (writers >= 0),
    writing_until timestamptz not null,
    due integer constraint rails_due_bounds check (due >= 0),
    -- The day of the count where the person is, and in UTC, by which the rows were found.
    due_on date,
    due_on_utc date,
    -- How many contacts stand where, as the filters above their list say: identified, requested, connected, asked, scheduled, in
    -- touch, resting.
    by_stage integer[] constraint rails_by_stage_length check (cardinality(by_stage) = 7),
    constraint rails_due_whole check ((due is null) = (due_on is null) and (due is null) = (due_on_utc is null))
);
alter table rails add constraint rails_owner foreign key (owner_id) references users (id) on delete cascade;

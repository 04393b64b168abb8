-- Two records that were one: the one in the bin gave what hung on it to the one that stays. What undoing needs is kept until the
-- first goes for good. The ids in it name rows that may be gone by then, which is why they are no foreign keys.
create table joins (
    user_id uuid not null constraint joins_user references users (id) on delete cascade,
    id uuid not null,
    kept jsonb not null constraint joins_kept_form check (jsonb_typeof(kept) = 'object' and octet_length(kept::text) <= 16777216),
    created_at timestamptz not null,
    primary key (user_id, id)
);

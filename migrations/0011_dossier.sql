-- Dossiers: lines of the user's own research, lines out of sight, what a line said before its last change, and which lines agree.

-- An insight is from a talk with somebody, or is the user's own research.
alter table insights alter column interview_id drop not null;
alter table insights alter column contact_id drop not null;
alter table insights add constraint insights_origin check ((interview_id is null) = (contact_id is null));
-- Hidden lines stay with their talk, and are left out of the dossier.
alter table insights add column hidden_at timestamptz;
-- Topic, weight and text before the last change, to take that back.
alter table insights add column before jsonb constraint insights_before_length check (octet_length(before::text) <= 20000);

create table insight_links (
    user_id uuid not null,
    id uuid not null,
    insight_id uuid not null,
    other_id uuid not null,
    kind text not null constraint insight_links_kind_known check (kind in ('same', 'contrary', 'apart')),
    created_at timestamptz not null,
    constraint insight_links_key primary key (user_id, id),
    -- The older line stands first, so that a pair is written one way only.
    constraint insight_links_order check (insight_id < other_id)
);
alter table insight_links add constraint insight_links_user foreign key (user_id) references users (id) on delete cascade;
alter table insight_links add constraint insight_links_insight
    foreign key (user_id, insight_id) references insights (user_id, id) on delete cascade;
alter table insight_links add constraint insight_links_other
    foreign key (user_id, other_id) references insights (user_id, id) on delete cascade;
create unique index insight_links_once on insight_links (user_id, insight_id, other_id, kind);
create index insight_links_of_other on insight_links (user_id, other_id);

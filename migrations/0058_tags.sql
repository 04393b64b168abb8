-- The user's own words for people: those who share one are listed together.
create table tags (
    user_id uuid not null,
    id uuid not null,
    name text not null constraint tags_name_length check (char_length(name) between 1 and 40),
    name_folded text not null constraint tags_name_folded_length check (char_length(name_folded) <= 400),
    created_at timestamptz not null,
    constraint tags_key primary key (user_id, id),
    constraint tags_name_taken unique (user_id, name_folded)
);

-- Who has which tag.
create table contact_tags (
    user_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    tag_id uuid not null,
    created_at timestamptz not null,
    constraint contact_tags_key primary key (user_id, id),
    constraint contact_tags_once unique (user_id, contact_id, tag_id)
);
create index contact_tags_by_tag on contact_tags (user_id, tag_id, contact_id);

-- What one press changed of many contacts, and what each was before: so one press takes it back.
create table bulk_changes (
    user_id uuid not null,
    id uuid not null,
    change jsonb not null constraint bulk_changes_change_is_object check (jsonb_typeof(change) = 'object'),
    made_at timestamptz not null,
    constraint bulk_changes_key primary key (user_id, id)
);
create index bulk_changes_by_time on bulk_changes (user_id, made_at);

alter table tags add constraint tags_user foreign key (user_id) references users (id) on delete cascade;
alter table contact_tags add constraint contact_tags_user foreign key (user_id) references users (id) on delete cascade;
alter table contact_tags add constraint contact_tags_contact
    foreign key (user_id, contact_id) references contacts (user_id, id) on delete cascade;
alter table contact_tags add constraint contact_tags_tag
    foreign key (user_id, tag_id) references tags (user_id, id) on delete cascade;
alter table bulk_changes add constraint bulk_changes_user foreign key (user_id) references users (id) on delete cascade;

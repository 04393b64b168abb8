-- Who shares an e-mail address with another; most contacts have none.
create index contacts_by_email on contacts (user_id, email) where deleted_at is null and email is not null;

-- Two contacts that look like one and are not, as the user says: they are not asked about again.
create table distinct_contacts (
    user_id uuid not null,
    id uuid not null,
    one_id uuid not null,
    other_id uuid not null,
    created_at timestamptz not null,
    primary key (user_id, id),
    constraint distinct_contacts_once unique (user_id, one_id, other_id),
    constraint distinct_contacts_in_order check (one_id < other_id)
);
create index distinct_contacts_by_other on distinct_contacts (user_id, other_id);
alter table distinct_contacts add constraint distinct_contacts_user foreign key (user_id) references users (id) on delete cascade;
alter table distinct_contacts add constraint distinct_contacts_one
    foreign key (user_id, one_id) references contacts (user_id, id) on delete cascade;
alter table distinct_contacts add constraint distinct_contacts_other
    foreign key (user_id, other_id) references contacts (user_id, id) on delete cascade;

-- Two companies that look like one and are not, as the user says: they are not asked about again.
create table distinct_companies (
    user_id uuid not null,
    id uuid not null,
    one_id uuid not null,
    other_id uuid not null,
    created_at timestamptz not null,
    primary key (user_id, id),
    constraint distinct_companies_once unique (user_id, one_id, other_id),
    constraint distinct_companies_in_order check (one_id < other_id)
);
create index distinct_companies_by_other on distinct_companies (user_id, other_id);
alter table distinct_companies add constraint distinct_companies_user foreign key (user_id) references users (id) on delete cascade;
alter table distinct_companies add constraint distinct_companies_one
    foreign key (user_id, one_id) references companies (user_id, id) on delete cascade;
alter table distinct_companies add constraint distinct_companies_other
    foreign key (user_id, other_id) references companies (user_id, id) on delete cascade;

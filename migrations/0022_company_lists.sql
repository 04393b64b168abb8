-- Pasted lists of companies: one waits, looked over and not added yet; those that were added can be taken back as a whole.
create table company_lists (
    user_id uuid not null,
    id uuid not null,
    -- What was pasted, until it is added.
    text text constraint company_lists_text_length check (char_length(text) between 1 and 50000),
    found_by text not null constraint company_lists_found_by_known
        check (found_by in ('own_idea', 'job_board', 'contacts', 'competitor', 'area', 'import')),
    created_at timestamptz not null,
    added_at timestamptz,
    constraint company_lists_key primary key (user_id, id),
    constraint company_lists_text_only_before check ((added_at is null) = (text is not null))
);
alter table company_lists add constraint company_lists_user foreign key (user_id) references users (id) on delete cascade;
create unique index company_lists_one_waits on company_lists (user_id) where added_at is null;

-- The pasted list a company came with.
alter table companies add column list_id uuid;
alter table companies add constraint companies_list foreign key (user_id, list_id) references company_lists (user_id, id);
create index companies_of_list on companies (user_id, list_id) where list_id is not null;

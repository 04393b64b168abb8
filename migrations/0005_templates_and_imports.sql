-- Messages of the user's own, and files read in.

create table templates (
    user_id uuid not null,
    id uuid not null,
    name text not null constraint templates_name_length check (char_length(name) between 1 and 100),
    purpose text not null constraint templates_purpose_length check (char_length(purpose) between 1 and 50),
    created_at timestamptz not null,
    deleted_at timestamptz,
    version integer not null default 1,
    constraint templates_key primary key (user_id, id)
);
alter table templates add constraint templates_user foreign key (user_id) references users (id) on delete cascade;
create unique index templates_name_taken on templates (user_id, purpose, lower(name)) where deleted_at is null;

-- Each wording of a template is kept, so that what was counted for it stays true.
create table template_versions (
    user_id uuid not null,
    id uuid not null,
    template_id uuid not null,
    number integer not null constraint template_versions_number_range check (number >= 1),
    subject text constraint template_versions_subject_length check (char_length(subject) between 1 and 200),
    body text not null constraint template_versions_body_length check (char_length(body) between 1 and 20000),
    created_at timestamptz not null,
    constraint template_versions_key primary key (user_id, id)
);
alter table template_versions add constraint template_versions_user foreign key (user_id) references users (id) on delete cascade;
alter table template_versions add constraint template_versions_template
    foreign key (user_id, template_id) references templates (user_id, id) on delete cascade;
create unique index template_versions_once on template_versions (user_id, template_id, number);

create table imports (
    user_id uuid not null,
    id uuid not null,
    kind text not null constraint imports_kind_known check (kind in ('linkedin_connections')),
    file_name text not null constraint imports_file_name_length check (char_length(file_name) between 1 and 255),
    status text not null constraint imports_status_known check (status in ('previewed', 'done', 'undone')),
    -- The file's text between preview and import; gone afterwards.
    content text constraint imports_content_length check (octet_length(content) <= 16777216),
    created_count integer not null default 0,
    updated_count integer not null default 0,
    same_count integer not null default 0,
    left_out_count integer not null default 0,
    closed_count integer not null default 0,
    -- What else the report says: who was left out and why, which cells were shortened, what taking it back did.
    report jsonb not null default '{}'
        constraint imports_report_form check (jsonb_typeof(report) = 'object' and octet_length(report::text) <= 262144),
    created_at timestamptz not null,
    finished_at timestamptz,
    constraint imports_key primary key (user_id, id),
    constraint imports_content_only_before check ((status = 'previewed') = (content is not null))
);
alter table imports add constraint imports_user foreign key (user_id) references users (id) on delete cascade;
create index imports_by_time on imports (user_id, created_at);

alter table companies add constraint companies_import foreign key (user_id, import_id) references imports (user_id, id);
create index companies_of_import on companies (user_id, import_id) where import_id is not null;
alter table contacts add constraint contacts_import foreign key (user_id, import_id) references imports (user_id, id);
create index contacts_of_import on contacts (user_id, import_id) where import_id is not null;

-- What an import changed of contacts that were known before, so that it can be taken back as a whole.
create table contact_changes (
    user_id uuid not null,
    id uuid not null,
    import_id uuid not null,
    contact_id uuid not null,
    before jsonb not null
        constraint contact_changes_before_form check (jsonb_typeof(before) = 'object' and octet_length(before::text) <= 32768),
    after jsonb not null
        constraint contact_changes_after_form check (jsonb_typeof(after) = 'object' and octet_length(after::text) <= 32768),
    -- The acceptance that the import added to their history.
    touchpoint_id uuid,
    constraint contact_changes_key primary key (user_id, id)
);
alter table contact_changes add constraint contact_changes_user foreign key (user_id) references users (id) on delete cascade;
alter table contact_changes add constraint contact_changes_import
    foreign key (user_id, import_id) references imports (user_id, id) on delete cascade;
alter table contact_changes add constraint contact_changes_contact
    foreign key (user_id, contact_id) references contacts (user_id, id) on delete cascade;
alter table contact_changes add constraint contact_changes_touchpoint
    foreign key (user_id, touchpoint_id) references touchpoints (user_id, id) on delete cascade;
create unique index contact_changes_once on contact_changes (user_id, import_id, contact_id);
create index contact_changes_of_contact on contact_changes (user_id, contact_id);
create index contact_changes_of_touchpoint on contact_changes (user_id, touchpoint_id) where touchpoint_id is not null;

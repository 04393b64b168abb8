-- Resumes and letters: what each is called, its versions with what is in them, and which version was sent where.
create table documents (
    user_id uuid not null,
    id uuid not null,
    name text not null constraint documents_name_form check (char_length(name) between 1 and 200 and name = btrim(name)),
    kind text not null constraint documents_kind_known check (kind in ('resume', 'letter', 'other')),
    created_at timestamptz not null,
    deleted_at timestamptz,
    version integer not null default 1,
    constraint documents_key primary key (user_id, id)
);

-- What is in them lies outside the rows, so that no list reads it.
create table document_versions (
    user_id uuid not null,
    id uuid not null,
    document_id uuid not null,
    number integer not null constraint document_versions_number_range check (number >= 1),
    file_name text not null constraint document_versions_file_name_length check (char_length(file_name) between 1 and 200),
    format text not null constraint document_versions_format_known check (format in ('pdf', 'docx', 'odt', 'text')),
    size integer not null constraint document_versions_size_range check (size between 1 and 10485760),
    content bytea not null constraint document_versions_content_length check (octet_length(content) between 1 and 10485760),
    added_at timestamptz not null,
    constraint document_versions_key primary key (user_id, id),
    constraint document_versions_size_said check (octet_length(content) = size),
    constraint document_versions_numbered unique (user_id, document_id, number)
);
alter table document_versions alter column content set storage external;

create table sent_documents (
    user_id uuid not null,
    id uuid not null,
    version_id uuid not null,
    opening_id uuid,
    referral_id uuid,
    sent_on date not null,
    created_at timestamptz not null,
    deleted_at timestamptz,
    constraint sent_documents_key primary key (user_id, id),
    constraint sent_documents_to_one check (num_nonnulls(opening_id, referral_id) = 1)
);
create index sent_documents_of_version on sent_documents (user_id, version_id);
create index sent_documents_of_opening on sent_documents (user_id, opening_id) where opening_id is not null;
create index sent_documents_of_referral on sent_documents (user_id, referral_id) where referral_id is not null;

alter table documents add constraint documents_user foreign key (user_id) references users (id) on delete cascade;
alter table document_versions add constraint document_versions_user foreign key (user_id) references users (id) on delete cascade;
alter table document_versions add constraint document_versions_document
    foreign key (user_id, document_id) references documents (user_id, id) on delete cascade;
alter table sent_documents add constraint sent_documents_user foreign key (user_id) references users (id) on delete cascade;
alter table sent_documents add constraint sent_documents_version
    foreign key (user_id, version_id) references document_versions (user_id, id) on delete cascade;
alter table sent_documents add constraint sent_documents_opening
    foreign key (user_id, opening_id) references openings (user_id, id) on delete cascade;
alter table sent_documents add constraint sent_documents_referral
    foreign key (user_id, referral_id) references referrals (user_id, id) on delete cascade;

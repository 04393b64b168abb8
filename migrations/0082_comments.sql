-- What a coach and the seeker say to each other beside a company, a contact or a talk. `by_name` is the coach's, whoever wrote: what
-- was written stays with the seeker when the grant, or the coach's account, is gone; so `grant_id` names no row here.
create table comments (
    user_id uuid not null,
    id uuid not null,
    grant_id uuid not null,
    by_coach boolean not null,
    by_name text not null,
    company_id uuid,
    contact_id uuid,
    interview_id uuid,
    of_message boolean not null,
    text text not null,
    created_at timestamptz not null,
    edited_at timestamptz,
    done_at timestamptz,
    deleted_at timestamptz,
    version integer not null default 1,
    constraint comments_pkey primary key (user_id, id)
);
alter table comments add constraint comments_by_name_length check (char_length(by_name) between 1 and 200);
alter table comments add constraint comments_text_length check (char_length(text) between 1 and 5000);
alter table comments add constraint comments_about_one check (num_nonnulls(company_id, contact_id, interview_id) = 1);
alter table comments add constraint comments_message_of_contact check (not of_message or contact_id is not null);
alter table comments add constraint comments_done_by_coach check (done_at is null or by_coach);
create index comments_of_company on comments (user_id, company_id);
create index comments_of_contact on comments (user_id, contact_id);
create index comments_of_interview on comments (user_id, interview_id);
create index comments_open on comments (user_id, created_at) where by_coach and done_at is null and deleted_at is null;
alter table comments add constraint comments_user foreign key (user_id) references users (id) on delete cascade;
alter table comments add constraint comments_company foreign key (user_id, company_id) references companies (user_id, id) on delete cascade;
alter table comments add constraint comments_contact foreign key (user_id, contact_id) references contacts (user_id, id) on delete cascade;
alter table comments add constraint comments_interview foreign key (user_id, interview_id) references informational_interviews (user_id, id) on delete cascade;

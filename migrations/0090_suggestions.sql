-- A company that came onto the list by a coach's suggestion says so.
alter table companies drop constraint companies_found_by_known;
alter table companies add constraint companies_found_by_known
    check (found_by in ('own_idea', 'job_board', 'contacts', 'competitor', 'area', 'coach', 'import'));
alter table company_lists drop constraint company_lists_found_by_known;
alter table company_lists add constraint company_lists_found_by_known
    check (found_by in ('own_idea', 'job_board', 'contacts', 'competitor', 'area', 'coach', 'import'));

-- What was said with one coach, for the overview of theirs.
create index comments_of_grant on comments (user_id, grant_id);

-- What a coach suggests: a company for the list, or a template for the library. Taken over, it has the suggestion's id there.
-- `by_name` is the coach's, and `grant_id` names no row here: as those of comments.
create table suggestions (
    user_id uuid not null,
    id uuid not null,
    grant_id uuid not null,
    by_name text not null,
    kind text not null,
    name text not null,
    why text,
    website text,
    moment text,
    body text,
    created_at timestamptz not null,
    taken_at timestamptz,
    dismissed_at timestamptz,
    deleted_at timestamptz,
    version integer not null default 1,
    constraint suggestions_pkey primary key (user_id, id)
);
alter table suggestions add constraint suggestions_by_name_length check (char_length(by_name) between 1 and 200);
alter table suggestions add constraint suggestions_kind_known check (kind in ('company', 'template'));
alter table suggestions add constraint suggestions_name_length check (char_length(name) between 1 and 200);
alter table suggestions add constraint suggestions_why_length check (char_length(why) between 1 and 1000);
alter table suggestions add constraint suggestions_website_length check (char_length(website) between 1 and 2000);
alter table suggestions add constraint suggestions_moment_known check (moment in
    ('request', 'ask_for_introduction', 'try_another_way', 'ask_for_talk', 'follow_up', 'follow_up_again', 'moving_on', 'set_time',
     'confirm_talk', 'offer_again', 'thank', 'remind_promise', 'keep_in_touch', 'referral_ask', 'referral_remind', 'referral_ease',
     'referral_tell', 'end_of_search'));
alter table suggestions add constraint suggestions_body_length check (char_length(body) between 1 and 20000);
alter table suggestions add constraint suggestions_whole check (case kind
    when 'company' then num_nonnulls(moment, body) = 0
    else num_nonnulls(moment, body) = 2 and website is null end);
alter table suggestions add constraint suggestions_decided_once check (num_nonnulls(taken_at, dismissed_at) < 2);
create index suggestions_waiting on suggestions (user_id, created_at)
    where taken_at is null and dismissed_at is null and deleted_at is null;
create index suggestions_of_grant on suggestions (user_id, grant_id);
alter table suggestions add constraint suggestions_user foreign key (user_id) references users (id) on delete cascade;

-- What a search finds people by, however large an account is: any part of their name, employer, job title or e-mail address, and
-- what is spelled nearly alike. Both extensions come with PostgreSQL and are trusted: the owner of a database may create them.
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- The job title as the program folds it, like the name.
alter table contacts add column job_title_folded text collate "C"
    constraint contacts_job_title_folded_length check (char_length(job_title_folded) <= 300);

-- Without a list of what is yet to be sorted in: a search right after an import would go through all of it.
create index contacts_by_words on contacts using gin (
    user_id,
    (' ' || name_folded || ' ' || coalesce(employer_key, '') || ' ' || coalesce(job_title_folded, '') || ' '
        || coalesce(email, '')) gin_trgm_ops
) with (fastupdate = off) where deleted_at is null;

-- Notes are searched from the latest back, and most contacts have none.
create index contacts_with_notes on contacts (user_id, id) where deleted_at is null and notes is not null;

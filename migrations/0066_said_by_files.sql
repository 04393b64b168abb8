-- What LinkedIn's list of connections said of someone last, in its own words: what the user corrects since is not overwritten by a
-- list that says the same again.
alter table contacts add column said_name text;
alter table contacts add column said_employer text;
alter table contacts add column said_job_title text;
alter table contacts add column said_email text;
alter table contacts add constraint contacts_said_name_length check (char_length(said_name) between 1 and 200);
alter table contacts add constraint contacts_said_employer_length check (char_length(said_employer) between 1 and 200);
alter table contacts add constraint contacts_said_job_title_length check (char_length(said_job_title) between 1 and 200);
alter table contacts add constraint contacts_said_email_length check (char_length(said_email) between 3 and 254);
-- Where nothing was changed since the import, the list said what is there.
update contacts k
set said_name = k.name, said_employer = k.employer, said_job_title = k.job_title, said_email = k.email
from imports i
where i.user_id = k.user_id and i.id = k.import_id and i.kind in ('linkedin_connections', 'linkedin_archive')
    and k.version = 1 and k.connected_on is not null;

-- How long someone is kept: for good, or until a day on which they go to the bin, thirty days after the user was told.
alter table contacts add column kept_for_good boolean;
alter table contacts add column leaves_on date;
alter table contacts add constraint contacts_kept_for_good_said check (kept_for_good);
create index contacts_leaving on contacts (user_id, leaves_on) where leaves_on is not null and deleted_at is null;

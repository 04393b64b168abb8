-- What to do next about an opening, and how often to look at a company's careers page.

alter table openings add column next_step text constraint openings_next_step_length check (char_length(next_step) between 1 and 300);
alter table openings add column next_on date;
alter table openings add constraint openings_next_day_has_step check (next_on is null or next_step is not null);
create index openings_by_next_day on openings (user_id, next_on, id) where deleted_at is null and next_on is not null;

alter table companies add column careers_rhythm_days smallint
    constraint companies_careers_rhythm_range check (careers_rhythm_days between 1 and 90);
alter table companies add column careers_checked_on date;
create index companies_by_careers_check on companies (user_id, careers_checked_on)
    where deleted_at is null and careers_rhythm_days is not null;

-- When to take an introduction's next step, where the user chose a day; and what puts it off together with others.
alter table introductions add column planned_on date;
alter table introductions add column put_off_at timestamptz;
alter table introductions add column put_off_from date;
create index introductions_open on introductions (user_id, id) where deleted_at is null and status in ('possible', 'asked');

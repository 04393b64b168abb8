-- An opening's next step put off together with other lines of Today: at which instant, and the day it had before.
alter table openings add column put_off_at timestamptz;
alter table openings add column put_off_from date;
-- What the company calls the opening, as a referrer's form asks for it.
alter table openings add column role_number text constraint openings_role_number_length check (char_length(role_number) between 1 and 100);
-- Why the user fits, as the referrer reads it.
alter table referrals add column fit text constraint referrals_fit_length check (char_length(fit) between 1 and 1500);

-- Lines of Today put off together: at which instant, and the day they had before, so that one press takes all of them back.
alter table action_items add column put_off_at timestamptz;
alter table action_items add column put_off_from date;
alter table referral_tasks add column put_off_at timestamptz;
alter table referral_tasks add column put_off_from date;
alter table referrals add column put_off_at timestamptz;
alter table referrals add column put_off_from date;
-- The user chose not to tell the referrer of what had happened up to this instant.
alter table referrals add column let_go_at timestamptz;

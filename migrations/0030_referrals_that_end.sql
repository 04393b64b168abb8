-- The day on which the last of what the two had to do for a referral was done: then the user is asked whether it is made.
alter table referrals add column tasks_done_on date;
alter table referrals drop constraint referrals_next_step_known;
alter table referrals add constraint referrals_next_step_known
    check (next_step in ('ask', 'remind', 'remind_to_make', 'confirm_made', 'tell_and_thank'));
update referrals r set tasks_done_on = d.done_on, next_step = 'confirm_made', next_due = greatest(r.planned_on, d.done_on)
    from (select t.user_id, t.referral_id, (max(t.done_at) at time zone 'UTC')::date as done_on from referral_tasks t
        group by t.user_id, t.referral_id having bool_and(t.done_at is not null)) d
    where d.user_id = r.user_id and d.referral_id = r.id and r.status = 'agreed';
-- Nobody is asked, or reminded, for an opening that nothing can come of any more.
update referrals r set next_step = null, next_due = null
    from openings o
    where o.user_id = r.user_id and o.id = r.opening_id and o.status in ('accepted', 'rejected', 'withdrawn', 'closed')
        and r.status in ('to_ask', 'asked', 'agreed');

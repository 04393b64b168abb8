-- With what is due are kept how much of it is late, which a coach is told, and the comments that wait on Today. All of it is counted
-- anew once.
alter table rails add column late integer, add column thanks_late integer, add column comments integer;
update rails set due = null, due_on = null, due_on_utc = null;
alter table rails add constraint rails_late_bounds check (late between 0 and due);
alter table rails add constraint rails_thanks_late_bounds check (thanks_late between 0 and late);
alter table rails add constraint rails_comments_bounds check (comments >= 0);
alter table rails drop constraint rails_due_whole;
alter table rails add constraint rails_due_whole check (num_nonnulls(due, late, thanks_late, comments, due_on, due_on_utc) in (0, 6));

-- A page is noted once an hour; when it was last looked at in that hour says which answers were read.
alter table looks add column last_at timestamptz;

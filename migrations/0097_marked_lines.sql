-- What a program writes is marked with its name where it is read, as lines of a history are.
alter table captured_lines add column program text;
alter table insights add column program text;

-- A copy of the program that knows nothing of what is late may go on beside one that does: each keeps what it counts.
alter table rails add constraint rails_late_whole check (num_nonnulls(late, thanks_late, comments) in (0, 3));
alter table rails add constraint rails_late_least check (late >= 0);
alter table rails drop constraint rails_late_bounds;
alter table rails drop constraint rails_due_whole;
alter table rails add constraint rails_due_whole check (num_nonnulls(due, due_on, due_on_utc) in (0, 3));

alter table captured_lines add constraint captured_lines_program_length check (char_length(program) between 1 and 100);
alter table insights add constraint insights_program_length check (char_length(program) between 1 and 100);

-- How the work in the background fares: when each job last ran, and what was wrong. Several copies of the program write the same row.
create table job_runs (
    job text not null constraint job_runs_job check (job in ('mail', 'notices', 'reminders', 'cleaning')),
    ran_at timestamptz not null,
    -- What was wrong; nothing where it went well.
    problem text constraint job_runs_problem_length check (char_length(problem) between 1 and 300),
    constraint job_runs_pkey primary key (job)
);

-- An example search in an account that was empty: since when it is there, and what was set before. Whatever was made by then
-- is the example's; what the user adds is younger.
alter table users add column example_since timestamptz;
alter table users add column before_example jsonb
    constraint users_before_example_form
        check (jsonb_typeof(before_example) = 'object' and octet_length(before_example::text) <= 65536);
alter table users add constraint users_example_whole check ((example_since is null) = (before_example is null));

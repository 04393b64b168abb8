-- What was shared from elsewhere and waits to be looked at: the title and the address of a page, and words.
create table captures (
    user_id uuid not null,
    id uuid not null,
    title text not null constraint captures_title_length check (char_length(title) <= 2000),
    words text not null constraint captures_words_length check (char_length(words) <= 20000),
    url text not null constraint captures_url_length check (char_length(url) <= 4000),
    captured_at timestamptz not null,
    -- Since when it waits no more.
    done_at timestamptz,
    constraint captures_key primary key (user_id, id),
    constraint captures_say_something check (title <> '' or words <> '' or url <> '')
);
create index captures_waiting on captures (user_id, captured_at) where done_at is null;
alter table captures add constraint captures_user foreign key (user_id) references users (id) on delete cascade;

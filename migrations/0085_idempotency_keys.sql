-- Answers to what programs wrote with an Idempotency-Key, for a day: whoever sends the same again gets the same answer. `id` is made
-- of a hash of the key. A row is written in the transaction of what it answers, so that there is never one without the other.
create table idempotency_keys (
    user_id uuid not null,
    id uuid not null,
    request_hash bytea not null constraint idempotency_keys_request_hash_length check (octet_length(request_hash) = 32),
    status smallint constraint idempotency_keys_status_success check (status between 200 and 299),
    etag text constraint idempotency_keys_etag_length check (char_length(etag) between 2 and 100),
    location text constraint idempotency_keys_location_length check (char_length(location) between 1 and 200),
    answer text constraint idempotency_keys_answer_length check (octet_length(answer) <= 1048576),
    made_at timestamptz not null,
    constraint idempotency_keys_key primary key (user_id, id)
);
create index idempotency_keys_by_age on idempotency_keys (user_id, made_at);

alter table idempotency_keys add constraint idempotency_keys_user foreign key (user_id) references users (id) on delete cascade;

-- The secret address under which a calendar subscribes to an account, of which only a hash is kept; and what it gives.
alter table users add column feed_hash bytea;
alter table users add column feed_steps boolean;
alter table users add column feed_alarm_minutes smallint;
alter table users add column feed_made_at timestamptz;
alter table users add column feed_read_at timestamptz;
alter table users add constraint users_feed_hash_length check (octet_length(feed_hash) = 32);
alter table users add constraint users_feed_alarm_bounds check (feed_alarm_minutes between 1 and 10080);
create unique index users_feed on users (feed_hash);

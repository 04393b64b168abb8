-- How each person writes dates and times.
alter table users add column date_format text not null default 'day_first'
    constraint users_date_format_known check (date_format in ('day_first', 'month_first', 'iso'));
alter table users add column time_format text not null default '24h'
    constraint users_time_format_known check (time_format in ('24h', '12h'));

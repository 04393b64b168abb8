-- Light, dark, or as the device has it.
alter table users add column theme text not null default 'system'
    constraint users_theme_known check (theme in ('system', 'light', 'dark'));

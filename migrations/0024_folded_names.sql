-- By what names and titles are put in order and compared: without case, accents, apostrophes and width, as the program folds them
-- (a database folds by its own locale, and not all alike). What stands here before the program has written it is empty.
alter table contacts add column name_folded text collate "C" not null default ''
    constraint contacts_name_folded_length check (char_length(name_folded) <= 300);
alter table openings add column title_folded text collate "C" not null default ''
    constraint openings_title_folded_length check (char_length(title_folded) <= 300);
drop index contacts_by_name;
create index contacts_by_name on contacts (user_id, name_folded, id) where deleted_at is null;

-- By which rules the keys that the program makes were written last; by older ones they are written anew at the start.
alter table settings add column rules integer not null default 0;

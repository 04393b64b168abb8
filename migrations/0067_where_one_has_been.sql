-- Whether what ties a contact to the user was said by them: that they are strangers is a guess before, where they work at an
-- employer of the user's.
alter table contacts add column warmth_said boolean;
alter table contacts add constraint contacts_warmth_said_once check (warmth_said);
-- Openings that came with an import, and go with it.
alter table openings add column import_id uuid;
alter table openings add constraint openings_import foreign key (user_id, import_id) references imports (user_id, id);
create index openings_of_import on openings (user_id, import_id) where import_id is not null;
-- Which import kept what was written with a message, because the user asked for it.
alter table touchpoints add column words_import_id uuid;
alter table touchpoints add constraint touchpoints_words_import foreign key (user_id, words_import_id) references imports (user_id, id);
create index touchpoints_by_words_import on touchpoints (user_id, words_import_id) where words_import_id is not null;

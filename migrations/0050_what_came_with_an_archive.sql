-- What an import adds beside contacts and companies: lines of histories, and reasons to write.
alter table touchpoints add column import_id uuid;
alter table touchpoints add constraint touchpoints_import foreign key (user_id, import_id) references imports (user_id, id);
create index touchpoints_of_import on touchpoints (user_id, import_id) where import_id is not null;
alter table reasons add column import_id uuid;
alter table reasons add constraint reasons_import foreign key (user_id, import_id) references imports (user_id, id);
create index reasons_of_import on reasons (user_id, import_id) where import_id is not null;
-- Of an archive is kept what was read of each of its files.
alter table imports drop constraint imports_kind_known;
alter table imports add constraint imports_kind_known check (kind in ('linkedin_connections', 'linkedin_archive'));
alter table imports drop constraint imports_content_length;
alter table imports add constraint imports_content_length check (octet_length(content) <= 33554432);
-- The notes of a contact may be among what an import changed.
alter table contact_changes drop constraint contact_changes_before_form;
alter table contact_changes add constraint contact_changes_before_form
    check (jsonb_typeof(before) = 'object' and octet_length(before::text) <= 262144);
alter table contact_changes drop constraint contact_changes_after_form;
alter table contact_changes add constraint contact_changes_after_form
    check (jsonb_typeof(after) = 'object' and octet_length(after::text) <= 262144);

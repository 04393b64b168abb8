-- Who may be somebody who is here with a profile.
create index contacts_without_profile on contacts (user_id, id) where deleted_at is null and profile_key is null;
-- Of whom the same may be meant by another form of the name.
create index contacts_by_last_word on contacts (user_id, split_part(name_folded, ' ', -1), id) where deleted_at is null;

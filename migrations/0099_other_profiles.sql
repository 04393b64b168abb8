-- Whoever's profile is on no list of LinkedIn's may be someone who is here with one of LinkedIn's, too. They are few, and are
-- found without reading a whole network.
create index contacts_with_other_profile on contacts (user_id, id)
    where deleted_at is null and profile_key is not null and profile_key not like '/in/%';
-- Two of one phone number are looked for among those who have one.
create index contacts_with_phone on contacts (user_id, id) where deleted_at is null and phone is not null;

-- The first by name of each stage, for fields that offer the best few, and a stage's people in the order of the list.
create index contacts_of_stage on contacts (user_id, stage, name_folded, id) where deleted_at is null;
drop index contacts_by_stage;
-- The people of a company in the order of who comes first: read until enough are found, whatever its size.
create index contacts_at_company on contacts (
    user_id, company_id, (stage in ('identified', 'moved_on', 'declined')),
    (array_position(array['knows_me', 'can_be_introduced', 'same_school', 'same_employer'], warmth)),
    (array_position(array['same_role', 'adjacent', 'hiring_manager', 'recruiter'], closeness)), id
) where deleted_at is null;
-- And those the user was in contact with last.
create index contacts_touched_at_company on contacts (user_id, company_id, last_touch_on, id)
    where deleted_at is null and last_touch_on is not null;
-- A company's people by their stage are counted without a look at them.
create index contacts_by_company on contacts (user_id, company_id, stage, deleted_at) where company_id is not null;
drop index contacts_of_company;
-- The few of a network who share a past with the user, and those elsewhere whose work is near the role.
create index contacts_with_common_past on contacts (user_id, last_touch_on desc nulls last, id)
    where deleted_at is null and warmth in ('same_school', 'same_employer');
create index contacts_near_a_role on contacts (user_id, id) where deleted_at is null and company_id is null and closeness <> 'other';
-- The orders of the list of contacts, each with the place of a row in it, from which the next page goes on.
create index contacts_listed_by_due on contacts (user_id, (
    (coalesce(lpad((next_due - date '0001-01-01')::text, 8, '0'), '~') || case when stage in ('moved_on', 'declined') then '1' else '0' end
        || chr(31) || left(name_folded, 60) || chr(31) || id::text) collate "C")) where deleted_at is null;
create index contacts_listed_by_touch on contacts (user_id, (
    (coalesce(lpad((9999999 - (last_touch_on - date '0001-01-01'))::text, 8, '0'), '~')
        || chr(31) || left(name_folded, 60) || chr(31) || id::text) collate "C")) where deleted_at is null;
create index contacts_listed_by_name on contacts (user_id, ((chr(31) || left(name_folded, 60) || chr(31) || id::text) collate "C"))
    where deleted_at is null;
-- The few whose next step turns into another one on a day.
create index contacts_by_turn on contacts (user_id, next_turns_on) where deleted_at is null and next_turns_on is not null;
-- Where those work who are at no company on the list, counted without a look at them.
create index contacts_elsewhere on contacts (user_id, employer_key) include (employer)
    where deleted_at is null and company_id is null and employer_key is not null;
-- What lies in the bin.
create index contacts_in_bin on contacts (user_id, deleted_at) where deleted_at is not null;

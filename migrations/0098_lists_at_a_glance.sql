-- The people of a company by who is furthest along: the first is found, and all are counted, without a look at the rest.
create index contacts_first_at_company on contacts (
    user_id, company_id, (array_position(array['scheduled', 'spoke', 'in_touch', 'asked', 'connected', 'requested', 'identified'], stage)),
    next_due, id
) include (stage, warmth, deleted_at) where company_id is not null;
-- What happened, as progress counts it, read from the index alone.
create index touchpoints_of_kind on touchpoints (user_id, kind, happened_on)
    include (id, contact_id, channel, template, template_version, interview_id, referral_id);
-- The notes that were sent with requests, of which a month has few.
create index touchpoints_with_note on touchpoints (user_id, happened_on, id)
    where kind in ('requested', 'introduction_asked') and channel = 'linkedin_note' and body is not null;
-- Last, as it keeps readers out: what the first two stand for.
drop index contacts_by_company;
drop index touchpoints_by_kind;

-- Asking for an introduction is a step of its own, with a reminder and an answer, and its lines in two histories belong together.

alter table introductions add column reminded_on date;
alter table introductions add column declined_on date;
-- Whom the introduced person was led to by before, so that taking the introduction back restores it.
alter table introductions add column earlier_introducer_id uuid;
alter table introductions add constraint introductions_earlier_introducer
    foreign key (user_id, earlier_introducer_id) references contacts (user_id, id);
create index introductions_of_earlier_introducer on introductions (user_id, earlier_introducer_id)
    where earlier_introducer_id is not null;

alter table touchpoints add column introduction_id uuid;
alter table touchpoints add constraint touchpoints_introduction
    foreign key (user_id, introduction_id) references introductions (user_id, id);
create index touchpoints_of_introduction on touchpoints (user_id, introduction_id) where introduction_id is not null;

alter table touchpoints drop constraint touchpoints_kind_known;
alter table touchpoints add constraint touchpoints_kind_known check (kind in
    ('found', 'already_connected', 'picked', 'requested', 'introduction_asked', 'introduction_declined', 'second_person_asked',
     'accepted', 'introduced', 'asked', 'followed_up', 'moving_on_note', 'answered_yes', 'answered_later', 'answered_in_writing',
     'answered_no', 'sent_on', 'scheduled', 'rescheduled', 'prepared', 'held', 'cancelled', 'no_show', 'thanked', 'wrote',
     'replied', 'met', 'commented', 'referral_asked', 'referral_agreed', 'referral_made', 'referral_declined',
     'referral_told', 'moved_on', 'reopened', 'snoozed', 'done_otherwise', 'dismissed', 'undone'));

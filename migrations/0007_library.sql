-- What a template of the user's own is for, and what was hidden of what comes with Inroad.

alter table templates add constraint templates_purpose_known check (purpose in
    ('request', 'ask_for_introduction', 'try_another_way', 'ask_for_talk', 'follow_up', 'follow_up_again', 'moving_on', 'set_time',
     'confirm_talk', 'offer_again', 'thank', 'remind_promise', 'keep_in_touch', 'referral_ask', 'referral_remind', 'referral_ease',
     'referral_tell', 'end_of_search'));

-- Lists of words: where it can be sent, and whom it fits.
alter table templates add column channels jsonb not null default '["linkedin_message", "email", "text", "other"]'
    constraint templates_channels_known check (jsonb_typeof(channels) = 'array' and channels <> '[]' and channels <@
        '["linkedin_note", "linkedin_message", "email", "text", "phone", "video", "in_person", "form", "other"]');
alter table templates add column warmths jsonb not null
    default '["knows_me", "can_be_introduced", "same_school", "same_employer", "stranger"]'
    constraint templates_warmths_known check (jsonb_typeof(warmths) = 'array' and warmths <> '[]' and warmths <@
        '["knows_me", "can_be_introduced", "same_school", "same_employer", "stranger"]');

-- How often each wording was sent, and answered.
create index touchpoints_of_template on touchpoints (user_id, template, template_version) where template is not null;

-- A question that comes with Inroad and is not to be offered: its topic and words, and since when.
alter table questions add column hidden_at timestamptz;

-- Fills the accounts numbered from inroad.first to inroad.last with a reference account's search each: 50 companies,
-- 500 contacts, 3,000 touchpoints, 60 interviews, 30 openings and 20 referrals, a hundred days old.

-- An id in order of time, as the program makes them; the same words give the same id.
create function pg_temp.id(kind text, account int, number int) returns uuid language sql immutable as $$
    select (lpad(to_hex(1767225600000 + number * 60000::bigint), 12, '0') || '7' || substr(hash, 1, 3) || '8' || substr(hash, 4, 15))::uuid
    from md5(kind || account || '-' || number) hash
$$;

-- A number below `below` that looks like chance and is the same every time.
create function pg_temp.chance(kind text, account int, number int, below int) returns int language sql immutable as $$
    select ((hashtextextended(kind || account || '-' || number, 0) & 2147483647) % below)::int
$$;

create function pg_temp.pick(choices text[], at int) returns text language sql immutable as $$
    select choices[1 + at % array_length(choices, 1)]
$$;

-- The business day at or before a date.
create function pg_temp.business_day(date) returns date language sql immutable as $$
    select $1 - greatest(extract(isodow from $1)::int - 5, 0)
$$;

create temp view accounts as
select account, pg_temp.id('user', account, account) as user_id
from generate_series(current_setting('inroad.first')::int, current_setting('inroad.last')::int) account;

-- How a contact came as far as their stage.
create temp table ways (stage text, talk boolean, kinds text[], next_step text);
insert into ways values
    ('identified', false, '{found,picked}', 'request'),
    ('requested', false, '{found,picked,requested}', 'ask_second_person'),
    ('connected', false, '{found,picked,requested,accepted}', 'ask_for_talk'),
    ('asked', false, '{found,picked,requested,accepted,asked,followed_up}', 'follow_up_again'),
    ('scheduled', true, '{found,picked,requested,accepted,asked,followed_up,answered_yes,scheduled}', 'prepare'),
    ('spoke', true, '{found,picked,requested,accepted,asked,followed_up,answered_yes,scheduled,prepared,held}', 'thank'),
    ('in_touch', true, '{found,picked,requested,accepted,asked,answered_yes,scheduled,prepared,held,thanked,wrote,replied,wrote,replied}', 'write'),
    ('in_touch', false, '{found,picked,requested,accepted,asked,answered_in_writing,thanked,wrote,replied,wrote,replied,commented,wrote,replied}', 'write'),
    ('moved_on', false, '{found,picked,requested,accepted,asked,followed_up,moved_on}', null),
    ('declined', false, '{found,picked,requested,accepted,asked,answered_no}', null);

-- Of each ten in fifty: who stands where. Sixty of 500 had or will have a talk, and the touchpoints add up to 3,000.
create temp view people as
select a.account, a.user_id, n as number, pg_temp.id('contact', a.account, n) as id, w.stage, w.talk, w.next_step,
    case when w.stage = 'in_touch' and n % 3 > 0 then w.kinds || array['wrote'] else w.kinds end as kinds,
    case when n % 12 > 0 then (n - 1) / 10 + 1 end as company,
    -- The last thing that happened, up to a month ago.
    current_date - 2 - pg_temp.chance('last', a.account, n, 30) as last_touch_on,
    case
        when w.next_step is null or (w.stage = 'identified' and n % 2 = 0) then null
        when pg_temp.chance('due', a.account, n, 36) = 0 then pg_temp.business_day(current_date - pg_temp.chance('late', a.account, n, 4))
        else pg_temp.business_day(current_date + 4 + pg_temp.chance('later', a.account, n, 40))
    end as next_due
from accounts a
cross join generate_series(1, 500) n
cross join lateral (
    select case
        when n % 50 < 12 then 'identified' when n % 50 < 22 then 'requested' when n % 50 < 27 then 'connected'
        when n % 50 < 33 then 'asked' when n % 50 < 34 then 'scheduled' when n % 50 < 35 then 'spoke'
        when n % 50 < 44 then 'in_touch' when n % 50 < 48 then 'moved_on' else 'declined' end as stage
) s
join ways w on w.stage = s.stage
    and w.talk = (s.stage in ('scheduled', 'spoke') or (s.stage = 'in_touch' and n % 50 < 39));

create temp view talks as
select p.account, p.user_id, p.number, pg_temp.id('interview', p.account, p.number) as id, p.id as contact_id, p.company,
    case when p.stage = 'scheduled' then 'scheduled' else 'held' end as status,
    current_date + case when p.stage = 'scheduled' then p.number / 50 + 1 else -2 - p.number % 60 end
        + time '09:00' + p.number % 8 * interval '1 hour' as starts_at
from people p where p.talk;

insert into users (id, name, email, password_hash, time_zone, preferences, created_at)
select user_id, 'Account ' || account, 'account' || account || '@bench.example', 'none', 'UTC',
    '{"target_roles": ["Software engineer"], "places": ["Berlin", "Remote"], "about_me": "I build reliable systems."}',
    now() - interval '100 days'
from accounts;

insert into companies (user_id, id, name, name_key, website, linkedin_id, industry, place, notes, found_by, motivation, posting,
    status, status_reason, created_at)
select user_id, pg_temp.id('company', account, n), 'Company ' || n, 'company ' || n, 'https://company' || n || '.example/',
    'company-' || n, pg_temp.pick('{Software,Energy,Health,Finance,Education}', n), pg_temp.pick('{Berlin,Hamburg,Zurich,Remote}', n),
    case when n % 3 = 0 then repeat('Heard good things about how they work. ', 6) end,
    pg_temp.pick('{own_idea,job_board,contacts,competitor,area,import}', n), pg_temp.chance('motivation', account, n, 6),
    pg_temp.chance('posting', account, n, 4), case when n % 17 = 0 then 'ruled_out' when n % 13 = 0 then 'paused' else 'active' end,
    case when n % 17 = 0 then 'Nobody there does this work.' end, now() - interval '100 days' + n * interval '1 hour'
from accounts, generate_series(1, 50) n order by n, account;

insert into contacts (user_id, id, name, company_id, employer, employer_key, job_title, profile_url, profile_key, email, place,
    time_zone, closeness, warmth, live_profile, why, notes, connected_on, stage, next_step, next_due, next_turns_on, requested_on, asked_on,
    talk_on, last_touch_on, created_at)
select user_id, id,
    pg_temp.pick('{Ada,Grace,Alan,Edsger,Barbara,Donald,Frances,John,Katherine,Tony,Jean,Niklaus}', number)
        || ' ' || pg_temp.pick('{Arden,Baker,Castillo,Dorn,Ekberg,Farkas,Girard,Hale,Ito,Jansen,Kowalski,Lund,Moreau,Novak}', number / 12)
        || ' ' || number,
    pg_temp.id('company', account, company), coalesce('Company ' || company, 'Elsewhere ' || number % 40),
    coalesce('company ' || company, 'elsewhere ' || number % 40),
    pg_temp.pick('{Software engineer,Engineering manager,Product manager,Recruiter,Data scientist}', number),
    'https://www.linkedin.com/in/person-' || account || '-' || number, 'person-' || account || '-' || number,
    case when number % 4 = 0 then 'person' || number || '@company.example' end, pg_temp.pick('{Berlin,Hamburg,Zurich,London}', number),
    case when number % 5 = 0 then 'Europe/London' end,
    pg_temp.pick('{same_role,adjacent,hiring_manager,recruiter,other}', number),
    pg_temp.pick('{stranger,stranger,stranger,same_school,same_employer,knows_me,can_be_introduced}', number), number % 3 = 0,
    case when number % 3 = 0 then 'Leads the team I would like to join.' end,
    case when number % 6 = 0 then repeat('Met at the meetup, likes to talk about databases. ', 4) end,
    case when cardinality(kinds) > 3 then last_touch_on - 40 end, stage, next_step, next_due,
    case when next_step = 'prepare' then current_date + number / 50 + 1 end,
    case when cardinality(kinds) > 2 then last_touch_on - 30 end, case when cardinality(kinds) > 4 then last_touch_on - 20 end,
    case when stage = 'scheduled' then current_date + number / 50 + 1 when talk then last_touch_on - 8 end, last_touch_on,
    now() - interval '95 days' + number * interval '1 hour'
from people order by number, account;

insert into informational_interviews (user_id, id, contact_id, company_id, status, starts_at, minutes, way, place, their_time_zone,
    changed_at, opener, notes, time_kept, thanked, summed_up, asked_who_else, referral_talk, how_it_went, their_share, created_at)
select user_id, id, contact_id, pg_temp.id('company', account, company), status, starts_at, 15 + number % 2 * 15,
    pg_temp.pick('{video,phone,in_person}', number), 'https://meet.example/' || number, 'Europe/London', now(),
    'Thank you for the time. I am learning how teams like yours work.',
    case when status = 'held' then repeat('They told how the team plans, who decides and what they look for in people. ', 12) end,
    status = 'held', status = 'held', status = 'held', status = 'held', case when status = 'held' then 'will_ask' end,
    case when status = 'held' then 1 + number % 5 end, case when status = 'held' then 60 + number % 20 end, now()
from talks order by number, account;

insert into interview_questions (user_id, id, interview_id, topic, text, position, answer)
select user_id, pg_temp.id('question', account, number * 10 + n), id,
    pg_temp.pick('{day_to_day,team,requirements,fit,openings,people,culture,process}', n), 'Question ' || n || ': what does a good week look like for you?',
    n, case when status = 'held' then repeat('Mostly small groups, one theme a quarter. ', 3) end
from talks, generate_series(0, 7) n order by number, account;

insert into findings (user_id, id, interview_id, source, text, checked_at)
select user_id, pg_temp.id('finding', account, number * 10 + n), id,
    pg_temp.pick('{profile,job_descriptions,peers,website,reviews,news,careers}', n), repeat('Grew by two teams this year. ', 5), now()
from talks, generate_series(0, 3) n order by number, account;

insert into insights (user_id, id, interview_id, contact_id, company_id, topic, weight, text, created_at)
select user_id, pg_temp.id('insight', account, number * 10 + n), id, contact_id, pg_temp.id('company', account, company),
    pg_temp.pick('{team,requirements,culture,process,openings}', n), pg_temp.pick('{essential,nice_to_have}', n),
    'They want people who write things down (' || n || ').', starts_at
from talks, generate_series(0, 3) n where status = 'held' order by number, account;

insert into action_items (user_id, id, interview_id, contact_id, whose, text, due_on, done_at, created_at)
select user_id, pg_temp.id('promise', account, number * 10 + n), id, contact_id, pg_temp.pick('{mine,theirs}', n),
    'Send the article we talked about', current_date - 2 + number % 30, case when number % 6 > 0 then now() end, starts_at
from talks, generate_series(0, 1) n where status = 'held' order by number, account;

insert into questions (user_id, id, topic, text, created_at)
select user_id, pg_temp.id('own question', account, n), pg_temp.pick('{team,fit,culture,process}', n), 'Own question ' || n || '?', now()
from accounts, generate_series(1, 20) n order by n, account;

insert into openings (user_id, id, company_id, title, source, url, place, posting_text, notes, status, status_since, seen_on, applied_on,
    applied_how, confirmed_by, confirmed_on, created_at)
select a.user_id, pg_temp.id('opening', a.account, n), pg_temp.id('company', a.account, n), 'Software engineer ' || n,
    pg_temp.pick('{posted,inside}', n), 'https://company' || n || '.example/jobs/' || n, 'Berlin',
    repeat('You build services that people rely on, with a team that reviews each other. ', 30), 'Looks close to what I do.', status,
    current_date - n, current_date - n - 10, case when status <> 'watching' then current_date - n end,
    case when status <> 'watching' then 'On their site' end,
    case when n % 2 = 0 then pg_temp.id('contact', a.account, n * 10 - 9) end, case when n % 2 = 0 then current_date - n end,
    now() - n * interval '1 day'
from accounts a, generate_series(1, 30) n
cross join lateral pg_temp.pick('{watching,watching,applied,screening,interviewing,rejected,closed}', n) status
order by n, a.account;

insert into opening_changes (user_id, id, opening_id, status, happened_on, note, created_at)
select user_id, pg_temp.id('change', account, n * 10 + c), pg_temp.id('opening', account, n), pg_temp.pick('{watching,applied}', c),
    current_date - n - 10 + c, 'Seen on their page', now()
from accounts, generate_series(1, 30) n, generate_series(0, 1) c order by n, account;

-- The first twenty of those in touch who work at a target company.
create temp view referrers as
select p.*, row_number() over (partition by p.account order by p.number) as place,
    pg_temp.pick('{to_ask,asked,asked,agreed,made,made,declined}', p.number) as status
from people p where p.stage = 'in_touch' and p.company is not null;

insert into referrals (user_id, id, contact_id, company_id, opening_id, status, way, details, outcome, asked_on, agreed_on, made_on,
    next_step, next_due, created_at)
select user_id, pg_temp.id('referral', account, place::int), id, pg_temp.id('company', account, company),
    case when company <= 30 and place % 2 = 0 then pg_temp.id('opening', account, company) end, status,
    case when status in ('agreed', 'made') then pg_temp.pick('{link,hand_in,apply_and_speak,introduction}', number) end,
    'They hand the papers in by the form of their company.', case when status = 'made' then 'no_news' end,
    case when status <> 'to_ask' then current_date - 12 end, case when status in ('agreed', 'made') then current_date - 8 end,
    case when status = 'made' then current_date - 4 end,
    case status when 'to_ask' then 'ask' when 'asked' then 'remind' when 'agreed' then 'remind_to_make' when 'made' then 'tell_and_thank' end,
    case when status <> 'declined' then pg_temp.business_day(current_date - 1 + place::int) end, now() - interval '12 days'
from referrers where place <= 20 order by place, account;

insert into referral_tasks (user_id, id, referral_id, whose, text, due_on, done_at, position)
select user_id, pg_temp.id('task', account, place::int * 10 + n), pg_temp.id('referral', account, place::int),
    pg_temp.pick('{mine,theirs}', n), 'Send the papers', current_date + n + place::int, case when n = 0 then now() end, n
from referrers, generate_series(0, 1) n where place <= 20 and status in ('agreed', 'made') order by place, account;

insert into introductions (user_id, id, introducer_id, introduced_id, status, created_at)
select user_id, pg_temp.id('introduction', account, n), pg_temp.id('contact', account, n * 50 - 14), pg_temp.id('contact', account, n * 50 - 49),
    pg_temp.pick('{possible,asked,made,declined}', n), now()
from accounts, generate_series(1, 10) n order by n, account;

insert into templates (user_id, id, name, purpose, created_at)
select user_id, pg_temp.id('template', account, n), 'My message ' || n, 'request', now()
from accounts, generate_series(1, 3) n order by n, account;

insert into template_versions (user_id, id, template_id, number, body, created_at)
select user_id, pg_temp.id('wording', account, n), pg_temp.id('template', account, n), 1, 'Hello {first_name}, I would like to learn from you.', now()
from accounts, generate_series(1, 3) n order by n, account;

-- Mixed across accounts as they would come over the months, so that no account's rows lie together by a kindness of the filling.
insert into touchpoints (user_id, id, contact_id, kind, direction, channel, happened_on, happened_at, body, interview_id, created_at)
select user_id, pg_temp.id('touchpoint', account, number * 20 + step::int), id, kind,
    case when kind in ('accepted', 'answered_yes', 'answered_no', 'answered_in_writing', 'replied') then 'in'
        when kind in ('found', 'picked', 'scheduled', 'prepared', 'held', 'moved_on') then 'none' else 'out' end,
    case when kind in ('requested', 'accepted') then 'linkedin_note'
        when kind in ('asked', 'followed_up', 'answered_yes', 'answered_no', 'answered_in_writing', 'thanked', 'wrote', 'replied') then 'email' end,
    on_day, on_day + time '10:00',
    case when kind in ('requested', 'asked', 'followed_up', 'answered_in_writing', 'thanked', 'wrote', 'replied')
        then repeat('I would like to hear how your team works and what you would do in my place. ', 3) end,
    case when talk and kind in ('scheduled', 'prepared', 'held', 'thanked') then pg_temp.id('interview', account, number) end,
    on_day + time '10:00'
from people
cross join lateral unnest(kinds) with ordinality as way (kind, step)
cross join lateral (select last_touch_on - (cardinality(kinds) - step::int) * 5 as on_day) d
order by step, number, account;

-- Two hundred people in the middle of a search. Ids are made from names, so that rows can point at each other.
create function pg_temp.key(text) returns uuid immutable language sql as $$ select md5($1)::uuid $$;

insert into users (id, name, email, password_hash, time_zone, created_at)
select pg_temp.key('user ' || u), 'Person ' || u, 'person' || u || '@example.org', 'x', 'UTC', now() from generate_series(1, 200) u;

insert into sessions (id, user_id, token_hash, created_at, seen_at, confirmed_at, user_agent, address)
select pg_temp.key('session ' || u || ' ' || n), pg_temp.key('user ' || u), sha256(('session ' || u || ' ' || n)::bytea), now(), now(), now(), 'x', 'x'
from generate_series(1, 200) u, generate_series(1, 5) n;

insert into devices (user_id, id, token_hash, created_at, seen_at)
select pg_temp.key('user ' || u), pg_temp.key('device ' || u || ' ' || n), encode(sha256(('device ' || u || ' ' || n)::bytea), 'hex'), now(), now()
from generate_series(1, 200) u, generate_series(1, 5) n;

insert into half_logins (user_id, id, token_hash, next, created_at)
select pg_temp.key('user ' || u), pg_temp.key('half login ' || u || ' ' || n), sha256(('half login ' || u || ' ' || n)::bytea), '/', now()
from generate_series(1, 200) u, generate_series(1, 3) n;

insert into remembered_browsers (user_id, id, token_hash, user_agent, created_at)
select pg_temp.key('user ' || u), pg_temp.key('remembered ' || u || ' ' || n), sha256(('remembered ' || u || ' ' || n)::bytea), 'x', now()
from generate_series(1, 200) u, generate_series(1, 3) n;

insert into passkeys (owner_id, id, credential_id, name, credential, sign_count, created_at)
select pg_temp.key('user ' || u), pg_temp.key('passkey ' || u || ' ' || n), sha256(('passkey ' || u || ' ' || n)::bytea), 'x', '{}', 0, now()
from generate_series(1, 200) u, generate_series(1, 3) n;

insert into push_devices (owner_id, id, session_id, name, endpoint, public_key, secret, created_at)
select pg_temp.key('user ' || u), pg_temp.key('push device ' || u || ' ' || n), pg_temp.key('session ' || u || ' ' || n), 'x',
    'https://push.example/' || u || '/' || n, repeat('k', 65)::bytea, repeat('s', 16)::bytea, now()
from generate_series(1, 200) u, generate_series(1, 3) n;

insert into imports (user_id, id, kind, file_name, status, created_at)
select pg_temp.key('user ' || u), pg_temp.key('import ' || u || ' ' || n), 'linkedin_connections', 'Connections.csv', 'done', now()
from generate_series(1, 200) u, generate_series(1, 20) n;

insert into company_lists (user_id, id, found_by, created_at, added_at)
select pg_temp.key('user ' || u), pg_temp.key('company list ' || u || ' ' || n), 'own_idea', now(), now()
from generate_series(1, 200) u, generate_series(1, 5) n;

insert into joins (user_id, id, kept, created_at)
select pg_temp.key('user ' || u), pg_temp.key('join ' || u || ' ' || n), jsonb_build_object('gone', pg_temp.key('gone ' || u || ' ' || n)), now()
from generate_series(1, 200) u, generate_series(1, 5) n;

insert into companies (user_id, id, name, name_key, found_by, motivation, posting, created_at, import_id)
select pg_temp.key('user ' || u), pg_temp.key('company ' || u || ' ' || n), 'Company ' || n, 'company ' || n, 'own_idea', n % 6, n % 4, now(),
    case when n % 10 = 0 then pg_temp.key('import ' || u || ' ' || n / 10) end
from generate_series(1, 200) u, generate_series(1, 50) n;

insert into contacts (user_id, id, name, company_id, employer, employer_key, profile_url, profile_key, stage, next_step, next_due, created_at, introduced_by, import_id)
select pg_temp.key('user ' || u), pg_temp.key('contact ' || u || ' ' || n), 'Contact ' || n,
    case when n % 2 = 0 then pg_temp.key('company ' || u || ' ' || n % 50 + 1) end, 'Company ' || n % 50 + 1, 'company ' || n % 50 + 1,
    'https://www.linkedin.com/in/contact-' || n, '/in/contact-' || n,
    (array['identified', 'requested', 'connected', 'asked', 'spoke', 'in_touch', 'moved_on'])[n % 7 + 1],
    case when n % 7 < 6 then 'write' end, case when n % 7 < 6 then date '2026-11-01' + n % 60 end, now(),
    case when n % 9 = 0 then pg_temp.key('contact ' || u || ' ' || n - 1) end, case when n % 3 = 0 then pg_temp.key('import ' || u || ' ' || n % 20 + 1) end
from generate_series(1, 200) u, generate_series(1, 100) n;

insert into contact_changes (user_id, id, import_id, contact_id, before, after)
select pg_temp.key('user ' || u), pg_temp.key('contact change ' || u || ' ' || n), pg_temp.key('import ' || u || ' ' || n % 20 + 1),
    pg_temp.key('contact ' || u || ' ' || n), '{}', '{}'
from generate_series(1, 200) u, generate_series(1, 60) n;

insert into touchpoints (user_id, id, contact_id, kind, direction, happened_on, happened_at, created_at, undoes)
select pg_temp.key('user ' || u), pg_temp.key('touchpoint ' || u || ' ' || n), pg_temp.key('contact ' || u || ' ' || n % 100 + 1),
    case when n % 30 = 0 then 'undone' else 'wrote' end, 'out', date '2026-08-01' + n % 100, now(), now(),
    case when n % 30 = 0 then pg_temp.key('touchpoint ' || u || ' ' || n - 1) end
from generate_series(1, 200) u, generate_series(1, 300) n;

insert into introductions (user_id, id, introducer_id, introduced_id, status, created_at)
select pg_temp.key('user ' || u), pg_temp.key('introduction ' || u || ' ' || n), pg_temp.key('contact ' || u || ' ' || n),
    pg_temp.key('contact ' || u || ' ' || n + 1), 'possible', now()
from generate_series(1, 200) u, generate_series(1, 20) n;

insert into informational_interviews (user_id, id, contact_id, company_id, status, starts_at, minutes, way, changed_at, created_at)
select pg_temp.key('user ' || u), pg_temp.key('interview ' || u || ' ' || n), pg_temp.key('contact ' || u || ' ' || n),
    pg_temp.key('company ' || u || ' ' || n), case when n > 35 then 'scheduled' else 'held' end,
    timestamptz '2026-10-20' + n * interval '1 day', 20, 'video', now(), now()
from generate_series(1, 200) u, generate_series(1, 40) n;

insert into questions (user_id, id, topic, text, created_at)
select pg_temp.key('user ' || u), pg_temp.key('question ' || u || ' ' || n), 'team', 'Question ' || n, now()
from generate_series(1, 200) u, generate_series(1, 40) n;

insert into interview_questions (user_id, id, interview_id, topic, text, position)
select pg_temp.key('user ' || u), pg_temp.key('picked ' || u || ' ' || n), pg_temp.key('interview ' || u || ' ' || n % 40 + 1), 'team', 'Question ' || n, n % 5
from generate_series(1, 200) u, generate_series(1, 200) n;

insert into findings (user_id, id, interview_id, source, text)
select pg_temp.key('user ' || u), pg_temp.key('finding ' || u || ' ' || n), pg_temp.key('interview ' || u || ' ' || n), 'website', 'Found'
from generate_series(1, 200) u, generate_series(1, 40) n;

insert into insights (user_id, id, interview_id, contact_id, company_id, topic, text, created_at)
select pg_temp.key('user ' || u), pg_temp.key('insight ' || u || ' ' || n), pg_temp.key('interview ' || u || ' ' || n % 40 + 1),
    pg_temp.key('contact ' || u || ' ' || n % 40 + 1), pg_temp.key('company ' || u || ' ' || n % 40 + 1), 'team', 'Learned', now()
from generate_series(1, 200) u, generate_series(1, 120) n;

insert into contact_dates (user_id, id, contact_id, kind, month, day, created_at)
select pg_temp.key('user ' || u), pg_temp.key('date ' || u || ' ' || n), pg_temp.key('contact ' || u || ' ' || n), 'birthday', n % 12 + 1, n % 28 + 1, now()
from generate_series(1, 200) u, generate_series(1, 30) n;

insert into reasons (user_id, id, contact_id, kind, text, insight_id, used_by, created_at)
select pg_temp.key('user ' || u), pg_temp.key('reason ' || u || ' ' || n), pg_temp.key('contact ' || u || ' ' || n % 40 + 1), 'advice_acted_on', 'Did it',
    case when n % 4 = 0 then pg_temp.key('insight ' || u || ' ' || n) end, case when n % 3 = 0 then pg_temp.key('touchpoint ' || u || ' ' || n) end, now()
from generate_series(1, 200) u, generate_series(1, 60) n;

insert into comments (user_id, id, grant_id, by_coach, by_name, company_id, contact_id, interview_id, of_message, text, created_at, done_at)
select pg_temp.key('user ' || u), pg_temp.key('comment ' || u || ' ' || n), pg_temp.key('grant ' || u || ' ' || n % 2), n % 2 = 0, 'A coach',
    case n % 3 when 0 then pg_temp.key('company ' || u || ' ' || n % 40 + 1) end, case n % 3 when 1 then pg_temp.key('contact ' || u || ' ' || n % 40 + 1) end,
    case n % 3 when 2 then pg_temp.key('interview ' || u || ' ' || n % 40 + 1) end, false, 'Well done', now() - n * interval '1 hour',
    case when n % 4 = 0 then now() end
from generate_series(1, 200) u, generate_series(1, 60) n;

insert into suggestions (user_id, id, grant_id, by_name, kind, name, moment, body, created_at, taken_at)
select pg_temp.key('user ' || u), pg_temp.key('suggestion ' || u || ' ' || n), pg_temp.key('grant ' || u || ' ' || n % 2), 'A coach',
    case when n % 2 = 0 then 'company' else 'template' end, 'Suggested ' || n, case when n % 2 = 1 then 'thank' end,
    case when n % 2 = 1 then 'Thank you' end, now() - n * interval '1 hour', case when n % 3 > 0 then now() end
from generate_series(1, 200) u, generate_series(1, 20) n;

insert into looks (user_id, id, grant_id, by_name, path, looked_at)
select pg_temp.key('user ' || u), pg_temp.key('look ' || u || ' ' || n), pg_temp.key('grant ' || u || ' ' || n % 2), 'A coach',
    '/contacts/' || pg_temp.key('contact ' || u || ' ' || n % 40 + 1), now() - n * interval '1 hour'
from generate_series(1, 200) u, generate_series(1, 100) n;

insert into idempotency_keys (user_id, id, request_hash, status, answer, made_at)
select pg_temp.key('user ' || u), pg_temp.key('call ' || u || ' ' || n), sha256(n::text::bytea), 201, '{}', now() - n * interval '10 minutes'
from generate_series(1, 200) u, generate_series(1, 100) n;

insert into kept_forms (user_id, id, path, fields, kept_at)
select pg_temp.key('user ' || u), pg_temp.key('kept ' || u || ' ' || n), '/companies', 'companies=Acme+' || n, now() - n * interval '1 hour'
from generate_series(1, 200) u, generate_series(1, 10) n;

insert into captures (user_id, id, title, words, url, captured_at, done_at)
select pg_temp.key('user ' || u), pg_temp.key('capture ' || u || ' ' || n), 'Someone ' || n || ' | LinkedIn', '', 'https://www.linkedin.com/in/someone-' || n,
    now() - n * interval '1 hour', case when n % 4 > 0 then now() end
from generate_series(1, 200) u, generate_series(1, 40) n;

insert into distinct_companies (user_id, id, one_id, other_id, created_at)
select pg_temp.key('user ' || u), pg_temp.key('apart ' || u || ' ' || n), least(a, b), greatest(a, b), now()
from generate_series(1, 200) u, generate_series(1, 5) n,
    lateral (select pg_temp.key('company ' || u || ' ' || n) as a, pg_temp.key('company ' || u || ' ' || n + 5) as b) two;

insert into tags (user_id, id, name, name_folded, created_at)
select pg_temp.key('user ' || u), pg_temp.key('tag ' || u || ' ' || n), 'Tag ' || n, 'tag ' || n, now()
from generate_series(1, 200) u, generate_series(1, 8) n;

insert into contact_tags (user_id, id, contact_id, tag_id, created_at)
select pg_temp.key('user ' || u), pg_temp.key('tagged ' || u || ' ' || n), pg_temp.key('contact ' || u || ' ' || n % 40 + 1),
    pg_temp.key('tag ' || u || ' ' || n % 8 + 1), now()
from generate_series(1, 200) u, generate_series(1, 40) n;

insert into bulk_changes (user_id, id, change, made_at)
select pg_temp.key('user ' || u), pg_temp.key('change ' || u || ' ' || n),
    jsonb_build_object('what', 'tagged', 'tag', pg_temp.key('tag ' || u || ' ' || n), 'contacts', '[]'::jsonb), now() - n * interval '1 day'
from generate_series(1, 200) u, generate_series(1, 8) n;

insert into insight_links (user_id, id, insight_id, other_id, kind, created_at)
select pg_temp.key('user ' || u), pg_temp.key('link ' || u || ' ' || n), least(a, b), greatest(a, b), 'same', now()
from generate_series(1, 200) u, generate_series(1, 20) n,
    lateral (select pg_temp.key('insight ' || u || ' ' || n) as a, pg_temp.key('insight ' || u || ' ' || n + 40) as b) two;

insert into action_items (user_id, id, interview_id, contact_id, whose, text, due_on, done_at, created_at)
select pg_temp.key('user ' || u), pg_temp.key('item ' || u || ' ' || n), pg_temp.key('interview ' || u || ' ' || n % 40 + 1),
    pg_temp.key('contact ' || u || ' ' || n % 40 + 1), 'mine', 'To do', date '2026-11-01' + n % 50, case when n % 3 > 0 then now() end, now()
from generate_series(1, 200) u, generate_series(1, 80) n;

insert into captured_lines (user_id, id, interview_id, kind, text, captured_at)
select pg_temp.key('user ' || u), pg_temp.key('line ' || u || ' ' || n), pg_temp.key('interview ' || u || ' ' || n % 40 + 1), 'insight', 'Heard', now()
from generate_series(1, 200) u, generate_series(1, 80) n;

insert into talk_proposals (user_id, id, contact_id, first_at, minutes, way, created_at)
select pg_temp.key('user ' || u), pg_temp.key('proposal ' || u || ' ' || n), pg_temp.key('contact ' || u || ' ' || n), now(), 15, 'video', now()
from generate_series(1, 200) u, generate_series(1, 20) n;

insert into openings (user_id, id, company_id, title, source, status, status_since, seen_on, confirmed_by, confirmed_on, created_at)
select pg_temp.key('user ' || u), pg_temp.key('opening ' || u || ' ' || n), pg_temp.key('company ' || u || ' ' || n), 'Engineer', 'posted', 'watching',
    date '2026-11-01', date '2026-11-01', case when n % 2 = 0 then pg_temp.key('contact ' || u || ' ' || n) end, case when n % 2 = 0 then date '2026-11-02' end, now()
from generate_series(1, 200) u, generate_series(1, 30) n;

insert into opening_changes (user_id, id, opening_id, status, happened_on, created_at)
select pg_temp.key('user ' || u), pg_temp.key('change ' || u || ' ' || n), pg_temp.key('opening ' || u || ' ' || n % 30 + 1), 'watching', date '2026-11-01', now()
from generate_series(1, 200) u, generate_series(1, 60) n;

insert into referrals (user_id, id, contact_id, company_id, opening_id, status, next_step, next_due, created_at)
select pg_temp.key('user ' || u), pg_temp.key('referral ' || u || ' ' || n), pg_temp.key('contact ' || u || ' ' || n), pg_temp.key('company ' || u || ' ' || n),
    case when n % 2 = 0 then pg_temp.key('opening ' || u || ' ' || n) end, 'asked', 'remind', date '2026-11-01' + n, now()
from generate_series(1, 200) u, generate_series(1, 20) n;

insert into referral_tasks (user_id, id, referral_id, whose, text, due_on, position)
select pg_temp.key('user ' || u), pg_temp.key('task ' || u || ' ' || n), pg_temp.key('referral ' || u || ' ' || n % 20 + 1), 'mine', 'Send it', date '2026-11-01' + n % 40, n % 4
from generate_series(1, 200) u, generate_series(1, 60) n;

insert into templates (user_id, id, name, purpose, created_at)
select pg_temp.key('user ' || u), pg_temp.key('template ' || u || ' ' || n), 'Template ' || n, 'request', now()
from generate_series(1, 200) u, generate_series(1, 20) n;

insert into template_versions (user_id, id, template_id, number, body, created_at)
select pg_temp.key('user ' || u), pg_temp.key('version ' || u || ' ' || n), pg_temp.key('template ' || u || ' ' || n % 20 + 1), n / 20 + 1, 'Hello', now()
from generate_series(1, 200) u, generate_series(0, 59) n;

insert into offers (user_id, id, opening_id, made_on, created_at)
select pg_temp.key('user ' || u), pg_temp.key('offer ' || u || ' ' || n), pg_temp.key('opening ' || u || ' ' || n), date '2026-11-01', now()
from generate_series(1, 200) u, generate_series(1, 3) n;

insert into offer_criteria (user_id, id, name, weight, created_at)
select pg_temp.key('user ' || u), pg_temp.key('criterion ' || u || ' ' || n), 'Criterion ' || n, n % 6, now()
from generate_series(1, 200) u, generate_series(1, 8) n;

insert into offer_marks (user_id, id, offer_id, criterion_id, mark)
select pg_temp.key('user ' || u), pg_temp.key('mark ' || u || ' ' || n), pg_temp.key('offer ' || u || ' ' || n % 3 + 1),
    pg_temp.key('criterion ' || u || ' ' || n / 3 + 1), n % 5 + 1
from generate_series(1, 200) u, generate_series(0, 23) n;

insert into replans (user_id, id, cause, moved, moves, created_at)
select pg_temp.key('user ' || u), pg_temp.key('replan ' || u || ' ' || n), 'pace', 0, '[]', now()
from generate_series(1, 200) u, generate_series(1, 5) n;

insert into documents (user_id, id, name, kind, created_at)
select pg_temp.key('user ' || u), pg_temp.key('document ' || u || ' ' || n), 'Resume ' || n, 'resume', now()
from generate_series(1, 200) u, generate_series(1, 60) n;

insert into document_versions (user_id, id, document_id, number, file_name, format, size, content, added_at)
select pg_temp.key('user ' || u), pg_temp.key('document version ' || u || ' ' || n), pg_temp.key('document ' || u || ' ' || n % 5 + 1), n,
    'resume.txt', 'text', 5, 'Hello', now()
from generate_series(1, 200) u, generate_series(1, 20) n;

insert into forgotten (user_id, id, salt, at_work, name, forgotten_at)
select user_id, gen_random_uuid(), sha256(uuid_send(user_id)), sha256(uuid_send(id)), sha256(uuid_send(id)), created_at
from contacts where profile_key like '%9';

insert into distinct_contacts (user_id, id, one_id, other_id, created_at)
select pg_temp.key('user ' || u), gen_random_uuid(), least(a.id, b.id), greatest(a.id, b.id), now()
from generate_series(1, 200) u, generate_series(1, 5) n,
    lateral (select pg_temp.key('contact ' || u || ' ' || n) as id) a, lateral (select pg_temp.key('contact ' || u || ' ' || n + 50) as id) b;

insert into sent_documents (user_id, id, version_id, opening_id, sent_on, created_at)
select o.user_id, gen_random_uuid(), v.id, o.id, date '2026-11-01', now()
from openings o join lateral (select v.id from document_versions v where v.user_id = o.user_id order by v.id limit 3) v on true;

analyze;

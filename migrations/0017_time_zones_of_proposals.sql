-- Where they live is kept once, with the contact: times that are proposed are told by that clock.
update contacts set time_zone = p.their_time_zone
from talk_proposals p
where p.user_id = contacts.user_id and p.contact_id = contacts.id and contacts.time_zone is null and p.their_time_zone is not null;
alter table talk_proposals drop column their_time_zone;

//! What belongs to one row of everything besides the rows themselves.

use inroad::database::Day;
use inroad::ids::{ForgottenId, InsightId};
use uuid::Uuid;

use super::everything::Everything;
use super::rows::{Rows, TODAY, insert};

impl Rows<'_> {
    /// Lines of own research: one like the insight, one to be weighed, two that agree and one that contradicts them.
    pub(super) async fn researched(&self, of: &Everything) {
        let [alike, skill, one, same, contrary] = [(); 5].map(|()| InsightId::new());
        for (id, topic, text) in [
            (alike, "team", "Small teams, says their page."),
            (skill, "requirements", "Orbits"),
            (one, "culture", "Calm"),
            (same, "culture", "Quiet"),
            (contrary, "culture", "Loud"),
        ] {
            insert!(
                self,
                "insert into insights (user_id, id, company_id, topic, text, created_at) values ($1, $2, $3, $4, $5, $6)",
                id,
                of.company,
                topic,
                text,
                self.now
            );
        }
        for (other, kind) in [(same, "same"), (contrary, "contrary")] {
            insert!(
                self,
                "insert into insight_links (user_id, id, insight_id, other_id, kind, created_at) values ($1, $2, $3, $4, $5, $6)",
                Uuid::now_v7(),
                one,
                other,
                kind,
                self.now
            );
        }
    }

    /// Someone who was forgotten.
    pub(super) async fn marked(&self, of: &Everything) {
        insert!(
            self,
            "insert into forgotten (user_id, id, salt, at_work, name, forgotten_at)
             select $1, $2, sha256(uuid_send($1)), sha256(uuid_send($3)), sha256(uuid_send($2)), $4",
            ForgottenId::new(),
            of.contact,
            self.now
        );
    }

    /// Two companies that look like one, and a tag, which the contact has, and what one press changed.
    pub(super) async fn tagged(&self, of: &Everything) {
        let twin = self.company(&format!("Twin of {}", of.company)).await;
        insert!(
            self,
            "insert into distinct_companies select $1, gen_random_uuid(), least($2::uuid, $3::uuid), greatest($2::uuid, $3::uuid), $4",
            of.company,
            twin,
            self.now
        );
        insert!(
            self,
            "insert into tags (user_id, id, name, name_folded, created_at) values ($1, $2, 'Navy ' || $3, 'navy ' || $3, $4)",
            of.tag,
            Uuid::now_v7().simple().to_string().get(..24),
            self.now
        );
        insert!(
            self,
            "insert into contact_tags (user_id, id, contact_id, tag_id, created_at) values ($1, $2, $3, $4, $5)",
            Uuid::now_v7(),
            of.contact,
            of.tag,
            self.now
        );
        insert!(
            self,
            "insert into bulk_changes (user_id, id, change, made_at) values ($1, $2, jsonb_build_object('what', 'tagged',
                 'tag', $3::uuid, 'contacts', jsonb_build_array($4::uuid)), $5)",
            of.bulk_change,
            of.tag,
            of.contact,
            self.now
        );
    }

    /// A resume that was sent to whoever refers.
    pub(super) async fn documented(&self, of: &Everything) {
        insert!(
            self,
            "insert into documents (user_id, id, name, kind, created_at) values ($1, $2, 'Resume', 'resume', $3)",
            of.document,
            self.now
        );
        insert!(
            self,
            "insert into document_versions (user_id, id, document_id, number, file_name, format, size, content, added_at)
             values ($1, $2, $3, 1, 'resume.txt', 'text', 5, 'Hello', $4)",
            of.document_version,
            of.document,
            self.now
        );
        insert!(
            self,
            "insert into sent_documents (user_id, id, version_id, referral_id, sent_on, created_at) values ($1, $2, $3, $4, $5, $6)",
            of.sent_document,
            of.document_version,
            of.referral,
            Day(TODAY),
            self.now
        );
    }

    /// What a coach said beside the contact and suggested, and a page they looked at.
    pub(super) async fn commented(&self, of: &Everything) {
        insert!(
            self,
            "insert into comments (user_id, id, grant_id, by_coach, by_name, contact_id, of_message, text, created_at)
             values ($1, $2, $3, true, 'Erin Evans', $4, false, 'Ask about compilers.', $5)",
            of.comment,
            of.grant,
            of.contact,
            self.now
        );
        insert!(
            self,
            "insert into suggestions (user_id, id, grant_id, by_name, kind, name, why, website, created_at)
             values ($1, $2, $3, 'Erin Evans', 'company', 'Suggested Works', 'They train people.', 'https://suggested.example', $4)",
            of.suggestion,
            of.grant,
            self.now
        );
        insert!(
            self,
            "insert into suggestions (user_id, id, grant_id, by_name, kind, name, moment, body, created_at)
             values ($1, $2, $3, 'Erin Evans', 'template', 'Short thanks', 'thank', 'Thank you, {first_name}.', $4)",
            Uuid::now_v7(),
            of.grant,
            self.now
        );
        insert!(
            self,
            "insert into looks (user_id, id, grant_id, by_name, path, looked_at) values ($1, $2, $3, 'Erin Evans', '/contacts/' || $4::uuid, $5)",
            Uuid::now_v7(),
            of.grant,
            of.contact,
            self.now
        );
    }

    /// Browsers that are known, one that is not asked for a code, and a login that waits for its own.
    pub(super) async fn logged_in_elsewhere(&self, of: &Everything) {
        insert!(
            self,
            "insert into half_logins (user_id, id, token_hash, next, created_at) values ($1, $2, sha256($2::text::bytea), '/', $3)",
            Uuid::now_v7(),
            self.now
        );
        insert!(
            self,
            "insert into remembered_browsers (user_id, id, token_hash, user_agent, created_at)
             values ($1, $2, sha256($2::text::bytea), 'a test', $3)",
            of.remembered_browser,
            self.now
        );
        insert!(
            self,
            "insert into passkeys (owner_id, id, credential_id, name, credential, sign_count, created_at)
             values ($1, $2, uuid_send($2), 'A phone', '{}', 0, $3)",
            of.passkey,
            self.now
        );
        insert!(
            self,
            "insert into push_devices (owner_id, id, session_id, name, endpoint, public_key, secret, created_at)
             values ($1, $2, $2, 'A phone', 'https://push.example/' || $2, repeat('k', 65)::bytea, repeat('s', 16)::bytea, $3)",
            of.push_device,
            self.now
        );
        insert!(
            self,
            "insert into devices (user_id, id, token_hash, created_at, seen_at) values ($1, $2, encode(sha256($2::text::bytea), 'hex'), $3, $3)",
            Uuid::now_v7(),
            self.now
        );
    }
}

//! One row of everything, for tests that ask the same of every table and route.

use std::sync::atomic::{AtomicU32, Ordering};

use inroad::database::Day;
use inroad::ids::{
    AccessTokenId, ActionItemId, BulkChangeId, CaptureId, CapturedLineId, CohortId, CohortListId, CohortMemberId,
    CommentId, CompanyId, CompanyListId, ContactDateId, ContactId, CriterionId, DocumentId, DocumentVersionId, GrantId,
    ImportId, InsightId, InterviewId, InterviewQuestionId, IntroductionId, InvitationId, JoinId, KeptFormId,
    OpeningChangeId, OpeningId, PasskeyId, PushDeviceId, QuestionId, ReasonId, ReferralId, RememberedBrowserId,
    SentDocumentId, SessionId, SuggestionId, TagId, TemplateId, TouchpointId, UserId,
};
use uuid::Uuid;

use super::app::App;
use super::person::Person;
use super::rows::{Rows, TODAY, insert};

/// One row of everything a person can have.
#[derive(Debug, Clone, Copy)]
pub struct Everything {
    pub company: CompanyId,
    pub contact: ContactId,
    pub other_contact: ContactId,
    pub touchpoint: TouchpointId,
    pub introduction: IntroductionId,
    pub interview: InterviewId,
    pub question: QuestionId,
    pub picked_question: InterviewQuestionId,
    pub finding: Uuid,
    pub insight: InsightId,
    pub contact_date: ContactDateId,
    pub reason: ReasonId,
    pub comment: CommentId,
    pub suggestion: SuggestionId,
    pub kept_form: KeptFormId,
    pub capture: CaptureId,
    pub tag: TagId,
    pub bulk_change: BulkChangeId,
    pub join: JoinId,
    pub action_item: ActionItemId,
    pub opening: OpeningId,
    pub opening_change: OpeningChangeId,
    pub referral: ReferralId,
    pub task: Uuid,
    pub line: CapturedLineId,
    pub template: TemplateId,
    pub criterion: CriterionId,
    pub import: ImportId,
    pub company_list: CompanyListId,
    pub document: DocumentId,
    pub document_version: DocumentVersionId,
    pub sent_document: SentDocumentId,
    pub session: SessionId,
    pub remembered_browser: RememberedBrowserId,
    /// A passkey.
    pub passkey: PasskeyId,
    /// A browser that shows notices.
    pub push_device: PushDeviceId,
    pub grant: GrantId,
    pub invitation: InvitationId,
    pub access_token: AccessTokenId,
    pub cohort: CohortId,
    pub cohort_member: CohortMemberId,
    /// The stay of a coach in the same cohort.
    pub cohort_coach: CohortMemberId,
    pub cohort_list: CohortListId,
    pub account: UserId,
}

impl Everything {
    /// Every id, in the order of the fields.
    pub fn ids(&self) -> [Uuid; 44] {
        [
            self.company.0,
            self.contact.0,
            self.other_contact.0,
            self.touchpoint.0,
            self.introduction.0,
            self.interview.0,
            self.question.0,
            self.picked_question.0,
            self.finding,
            self.insight.0,
            self.contact_date.0,
            self.reason.0,
            self.comment.0,
            self.suggestion.0,
            self.kept_form.0,
            self.capture.0,
            self.tag.0,
            self.bulk_change.0,
            self.join.0,
            self.action_item.0,
            self.opening.0,
            self.opening_change.0,
            self.referral.0,
            self.task,
            self.line.0,
            self.template.0,
            self.criterion.0,
            self.import.0,
            self.company_list.0,
            self.document.0,
            self.document_version.0,
            self.sent_document.0,
            self.session.0,
            self.remembered_browser.0,
            self.passkey.0,
            self.push_device.0,
            self.grant.0,
            self.invitation.0,
            self.access_token.0,
            self.cohort.0,
            self.cohort_member.0,
            self.cohort_coach.0,
            self.cohort_list.0,
            self.account.0,
        ]
    }

    /// The same text with these ids where another's stood.
    pub fn instead_of(&self, other: &Self, text: &str) -> String {
        let pairs = self.ids().into_iter().zip(other.ids());
        pairs.fold(text.to_owned(), |text, (mine, theirs)| text.replace(&theirs.to_string(), &mine.to_string()))
    }
}

impl App {
    /// Gives this person one row of everything.
    pub async fn fill(&self, person: &Person) -> Everything {
        self.rows(person).everything().await
    }
}

impl Rows<'_> {
    /// One row of everything.
    pub async fn everything(&self) -> Everything {
        // No two companies of one person share a name.
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let company = self.company(&format!("Orbital Works {}", COUNT.fetch_add(1, Ordering::Relaxed))).await;
        let contact = self.contact("Grace Hopper", Some(company)).await;
        let other_contact = self.contact("Katherine Johnson", None).await;
        let touchpoint = self.touchpoint(contact, "requested", "out").await;
        let interview = self.interview(contact, Some(company)).await;
        let opening = self.opening(company, "Flight engineer").await;
        let referral = self.referral(contact, company, Some(opening)).await;
        let import = self.import().await;
        let everything = Everything {
            company,
            contact,
            other_contact,
            touchpoint,
            interview,
            opening,
            referral,
            import,
            company_list: CompanyListId::new(),
            document: DocumentId::new(),
            document_version: DocumentVersionId::new(),
            sent_document: SentDocumentId::new(),
            opening_change: OpeningChangeId::new(),
            introduction: IntroductionId::new(),
            question: QuestionId::new(),
            picked_question: InterviewQuestionId::new(),
            finding: Uuid::now_v7(),
            insight: InsightId::new(),
            contact_date: ContactDateId::new(),
            reason: ReasonId::new(),
            comment: CommentId::new(),
            suggestion: SuggestionId::new(),
            kept_form: KeptFormId::new(),
            capture: CaptureId::new(),
            tag: TagId::new(),
            bulk_change: BulkChangeId::new(),
            join: JoinId::new(),
            action_item: ActionItemId::new(),
            task: Uuid::now_v7(),
            line: CapturedLineId::new(),
            template: TemplateId::new(),
            criterion: CriterionId::new(),
            session: SessionId::new(),
            remembered_browser: RememberedBrowserId::new(),
            passkey: PasskeyId::new(),
            push_device: PushDeviceId::new(),
            grant: GrantId::new(),
            invitation: InvitationId::new(),
            access_token: AccessTokenId::new(),
            cohort: CohortId::new(),
            cohort_member: CohortMemberId::new(),
            cohort_coach: CohortMemberId::new(),
            cohort_list: CohortListId::new(),
            account: UserId(self.user),
        };
        self.small_rows(&everything).await;
        self.account_rows(&everything).await;
        everything
    }

    async fn small_rows(&self, of: &Everything) {
        insert!(
            self,
            "insert into opening_changes (user_id, id, opening_id, status, happened_on, created_at)
             values ($1, $2, $3, 'watching', $4, $5)",
            of.opening_change,
            of.opening,
            Day(TODAY),
            self.now
        );
        insert!(
            self,
            "insert into introductions (user_id, id, introducer_id, introduced_id, status, created_at) values ($1, $2, $3, $4, 'possible', $5)",
            of.introduction,
            of.contact,
            of.other_contact,
            self.now
        );
        insert!(
            self,
            "insert into questions (user_id, id, topic, text, created_at) values ($1, $2, 'team', 'Who decides? ' || $2, $3)",
            of.question,
            self.now
        );
        insert!(
            self,
            "insert into interview_questions (user_id, id, interview_id, topic, text, position) values ($1, $2, $3, 'team', 'Who decides?', 1)",
            of.picked_question,
            of.interview
        );
        insert!(
            self,
            "insert into findings (user_id, id, interview_id, source, text) values ($1, $2, $3, 'website', 'They fly.')",
            of.finding,
            of.interview
        );
        insert!(
            self,
            "insert into insights (user_id, id, interview_id, contact_id, company_id, topic, text, created_at) values ($1, $2, $3, $4, $5, 'team', 'Small teams.', $6)",
            of.insight,
            of.interview,
            of.contact,
            of.company,
            self.now
        );
        self.researched(of).await;
        self.logged_in_elsewhere(of).await;
        self.tagged(of).await;
        self.marked(of).await;
        self.documented(of).await;
        self.commented(of).await;
        insert!(
            self,
            "insert into contact_dates (user_id, id, contact_id, kind, word, month, day, year, created_at)
             values ($1, $2, $3, 'other', 'The compiler ran', 12, 9, 1952, $4)",
            of.contact_date,
            of.contact,
            self.now
        );
        insert!(
            self,
            "insert into reasons (user_id, id, contact_id, kind, text, created_at) values ($1, $2, $3, 'article', 'A paper on compilers', $4)",
            of.reason,
            of.contact,
            self.now
        );
        insert!(
            self,
            "insert into kept_forms (user_id, id, path, fields, kept_at) values ($1, $2, '/companies', 'companies=Kept+Works', $3)",
            of.kept_form,
            self.now
        );
        insert!(
            self,
            "insert into captures (user_id, id, title, words, url, captured_at)
             values ($1, $2, 'Mary Jackson | LinkedIn', 'We met at the fair', 'https://www.linkedin.com/in/mary-jackson', $3)",
            of.capture,
            self.now
        );
        insert!(
            self,
            "insert into joins (user_id, id, kept, created_at) values ($1, $2, jsonb_build_object('kind', 'contact', 'gone', $3::uuid,
                 'kept', $4::uuid, 'moved', '{}'::jsonb, 'before', '{}'::jsonb, 'version', 2), $5)",
            of.join,
            Uuid::now_v7(),
            of.contact,
            self.now
        );
        insert!(
            self,
            "insert into distinct_contacts select $1, gen_random_uuid(), least($2::uuid, $3::uuid), greatest($2::uuid, $3::uuid), $4",
            of.contact,
            of.other_contact,
            self.now
        );
        insert!(
            self,
            "insert into action_items (user_id, id, interview_id, contact_id, whose, text, due_on, created_at)
             values ($1, $2, $3, $4, 'mine', 'Send the paper', $5, $6)",
            of.action_item,
            of.interview,
            of.contact,
            Day(TODAY),
            self.now
        );
        insert!(
            self,
            "insert into replans (user_id, id, cause, moved, moves, created_at)
             values ($1, $2, 'pace', 1, jsonb_build_array(jsonb_build_object('of', 'contact', 'id', $3::uuid, 'step', 'request',
                 'was', $4::date, 'now', $4::date + 1)), $5)",
            Uuid::now_v7(),
            of.contact,
            Day(TODAY),
            self.now
        );
        insert!(
            self,
            "insert into captured_lines (user_id, id, interview_id, kind, text, captured_at) values ($1, $2, $3, 'mine', 'send the paper', $4)",
            of.line,
            of.interview,
            self.now
        );
        insert!(
            self,
            "insert into talk_proposals (user_id, id, contact_id, first_at, second_at, minutes, way, created_at)
             values ($1, $2, $3, $4 + interval '2 days', $4 + interval '3 days', 15, 'video', $4)",
            Uuid::now_v7(),
            of.contact,
            self.now
        );
        insert!(
            self,
            "insert into contact_changes (user_id, id, import_id, contact_id, before, after) values ($1, $2, $3, $4, '{}', '{}')",
            Uuid::now_v7(),
            of.import,
            of.contact
        );
        insert!(
            self,
            "insert into referral_tasks (user_id, id, referral_id, whose, text, due_on, position) values ($1, $2, $3, 'mine', 'Send the CV', $4, 1)",
            of.task,
            of.referral,
            Day(TODAY)
        );
        let offer = Uuid::now_v7();
        insert!(
            self,
            "insert into offers (user_id, id, opening_id, made_on, created_at) values ($1, $2, $3, $4, $5)",
            offer,
            of.opening,
            Day(TODAY),
            self.now
        );
        insert!(
            self,
            "insert into offer_criteria (user_id, id, name, weight, created_at) values ($1, $2, 'Quiet ' || $2, 3, $3)",
            of.criterion,
            self.now
        );
        insert!(
            self,
            "insert into offer_marks (user_id, id, offer_id, criterion_id, mark) values ($1, $2, $3, $4, 4)",
            Uuid::now_v7(),
            offer,
            of.criterion
        );
        insert!(
            self,
            "insert into templates (user_id, id, name, purpose, created_at) values ($1, $2, 'Mine ' || $2, 'request', $3)",
            of.template,
            self.now
        );
        insert!(
            self,
            "insert into template_versions (user_id, id, template_id, number, body, created_at) values ($1, $2, $3, 1, 'Hello {first_name}', $4)",
            Uuid::now_v7(),
            of.template,
            self.now
        );
    }
}

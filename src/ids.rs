//! Ids: UUIDv7 made by the program, a type for each table, so that a contact's id is never taken for a company's.

/// Declares one id type.
macro_rules! id {
    ($($(#[$meta:meta])* $name:ident)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, sqlx::Type, schemars::JsonSchema)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            /// A fresh id, later in order than every earlier one.
            #[allow(clippy::new_without_default, reason = "a default id would read like a constant")]
            pub fn new() -> Self {
                Self(uuid::Uuid::now_v7())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

id! {
    /// An account.
    UserId
    /// A signed-in browser.
    SessionId
    /// A form that waits for its account.
    KeptFormId
    /// A browser someone signed in on before.
    DeviceId
    /// A login whose second step is still to come.
    HalfLoginId
    /// A browser that is not asked for the second step.
    RememberedBrowserId
    /// A passkey.
    PasskeyId
    /// Who someone is to an issuer.
    IdentityId
    /// An invitation to sign up.
    InvitationId
    /// A cohort.
    CohortId
    /// Someone's stay in a cohort.
    CohortMemberId
    /// A pasted list of people for a cohort.
    CohortListId
    /// Something that happened to an account.
    AuditEventId
    /// A program's way in.
    AccessTokenId
    /// A program that introduced itself.
    OauthClientId
    /// A mail on its way.
    MailId
    /// A browser that shows notices.
    PushDeviceId
    /// A notice on its way.
    NoticeId
    /// A coach's permission to look.
    GrantId
    /// A page a coach looked at.
    LookId
    /// A comment.
    CommentId
    /// A company or a template that a coach suggests.
    SuggestionId
    /// A target company.
    CompanyId
    /// A pasted list of companies.
    CompanyListId
    /// A person.
    ContactId
    /// One thing that happened with a contact.
    TouchpointId
    /// A tag of the user's own.
    TagId
    /// That a contact has a tag.
    ContactTagId
    /// What one press changed of many contacts.
    BulkChangeId
    /// A date of a contact's that comes back every year.
    ContactDateId
    /// A reason to write, kept until it is needed.
    ReasonId
    /// A talk to learn.
    InterviewId
    /// A question of the user's bank.
    QuestionId
    /// A question picked for one talk.
    InterviewQuestionId
    /// One thing learned.
    InsightId
    /// Two insights the user tied to each other.
    InsightLinkId
    /// A promise that came out of a talk.
    ActionItemId
    /// Times that were proposed for a talk.
    ProposalId
    /// A line caught during a talk.
    CapturedLineId
    /// What was shared from elsewhere and waits to be looked at.
    CaptureId
    /// A role at a company.
    OpeningId
    /// What matters in an offer.
    CriterionId
    /// A resume, a letter or another document.
    DocumentId
    /// One version of a document.
    DocumentVersionId
    /// A version that was sent somewhere.
    SentDocumentId
    /// One change of an opening's status.
    OpeningChangeId
    /// Two records that were made one.
    JoinId
    /// A contact putting the user forward.
    ReferralId
    /// What someone does so that a referral happens.
    ReferralTaskId
    /// A contact connecting the user with another.
    IntroductionId
    /// A message template of the user's own.
    TemplateId
    /// Someone who was forgotten, by their marks.
    ForgottenId
    /// One file read in.
    ImportId
}

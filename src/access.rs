//! Proofs of access. A query that reads a user's data takes `impl Into<Viewer>`, one that writes takes `Owner`;
//! handing the reading proof to a writing query does not compile.
//!
//! The fields are private: only a session (`accounts::visit`), a program's token, the command line and a job can make a proof.

use crate::ids::{AccessTokenId, GrantId, UserId};
use crate::kinds::kinds;

kinds! {
    /// How much of a search a coach may see; each holds what those before it do.
    pub enum Scope {
        /// How it goes, in numbers: no one and nothing in it has a name.
        Progress = "progress", "Progress, in numbers";
        /// All but what the seeker wrote down for themselves: docs/access.md lists it.
        EverythingButNotes = "everything_but_notes", "Everything but notes";
        /// All that the seeker sees.
        Everything = "everything", "Everything";
    }
}

/// May read one account's data, within a scope.
#[derive(Debug, Clone, Copy)]
pub struct Viewer(UserId, Scope, Option<GrantId>);

/// May read and write one account's data.
#[derive(Debug, Clone, Copy)]
pub struct Owner {
    user: UserId,
    program: Option<AccessTokenId>,
}

/// May manage accounts; says nothing about anybody's contacts.
#[derive(Debug, Clone, Copy)]
pub struct Admin(UserId);

impl Viewer {
    /// Whose data may be read.
    pub fn user_id(self) -> UserId {
        self.0
    }

    /// Takes what this proof may not read out of a row. What a query reads goes through here before anything is drawn of it.
    pub fn allowed<T: HasNotes>(self, row: T) -> T {
        if self.1 == Scope::Everything { row } else { row.without_notes() }
    }

    /// Whether what the seeker wrote down for themselves may be read.
    pub fn reads_notes(self) -> bool {
        self.1 == Scope::Everything
    }

    /// Whether more than numbers may be read.
    pub fn reads_names(self) -> bool {
        self.1 != Scope::Progress
    }

    /// The proof of whoever may read everything.
    pub(crate) fn granted(user: UserId) -> Self {
        Self(user, Scope::Everything, None)
    }

    /// The proof of a coach.
    pub(crate) fn granted_within(user: UserId, scope: Scope, grant: GrantId) -> Self {
        Self(user, scope, Some(grant))
    }

    /// The coach's grant; nothing where the owner reads.
    pub fn grant(self) -> Option<GrantId> {
        self.2
    }
}

/// A row that holds something the seeker wrote down for themselves.
pub trait HasNotes {
    /// The row without it.
    #[must_use]
    fn without_notes(self) -> Self;
}

impl Owner {
    /// Whose data may be read and written.
    pub fn user_id(self) -> UserId {
        self.user
    }

    /// The token of the program that writes; nothing where a person does.
    pub fn program(self) -> Option<AccessTokenId> {
        self.program
    }

    pub(crate) fn granted(user: UserId) -> Self {
        Self { user, program: None }
    }

    /// The same, held by a program: what it writes is marked with its name.
    pub(crate) fn through(self, token: AccessTokenId) -> Self {
        Self { program: Some(token), ..self }
    }
}

impl Admin {
    /// Who manages.
    pub fn user_id(self) -> UserId {
        self.0
    }

    pub(crate) fn granted(user: UserId) -> Self {
        Self(user)
    }
}

impl From<Owner> for Viewer {
    fn from(owner: Owner) -> Self {
        Self(owner.user, Scope::Everything, None)
    }
}

/// The signed-in person as themselves, whoever's data they look at: may sign out, may stop looking.
#[derive(Debug, Clone, Copy)]
pub struct Myself(UserId);

impl Myself {
    pub(crate) fn granted(user: UserId) -> Self {
        Self(user)
    }

    /// Who is signed in.
    pub fn user_id(self) -> UserId {
        self.0
    }
}

/// A coach looking at someone's search: what they look at is noted, and nothing else of it changes.
#[derive(Debug, Clone, Copy)]
pub struct Looker(UserId, GrantId);

impl Looker {
    pub(crate) fn granted(seeker: UserId, grant: GrantId) -> Self {
        Self(seeker, grant)
    }

    /// Whose search it is.
    pub fn user_id(self) -> UserId {
        self.0
    }

    /// By which grant.
    pub fn grant(self) -> GrantId {
        self.1
    }
}

/// May write comments in an account, and change no other row of it: its owner, or a coach who was allowed to.
#[derive(Debug, Clone, Copy)]
pub struct Commenter(UserId, Option<GrantId>);

impl Commenter {
    /// The owner without a grant, a coach by theirs.
    pub(crate) fn granted(user: UserId, grant: Option<GrantId>) -> Self {
        Self(user, grant)
    }

    /// In whose account.
    pub fn user_id(self) -> UserId {
        self.0
    }

    /// The coach's grant; nothing where the owner writes.
    pub fn grant(self) -> Option<GrantId> {
        self.1
    }
}

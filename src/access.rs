//! Proofs of access. A query that reads a user's data takes `impl Into<Viewer>`, one that writes takes `Owner`;
//! handing the reading proof to a writing query does not compile.
//!
//! The fields are private: only a session (`accounts::visit`), the command line and a job can make a proof.

use crate::ids::UserId;

/// May read one account's data.
#[derive(Debug, Clone, Copy)]
pub struct Viewer(UserId);

/// May read and write one account's data.
#[derive(Debug, Clone, Copy)]
pub struct Owner(UserId);

/// May manage accounts; says nothing about anybody's contacts.
#[derive(Debug, Clone, Copy)]
pub struct Admin(UserId);

impl Viewer {
    /// Whose data may be read.
    pub fn user_id(self) -> UserId {
        self.0
    }

    pub(crate) fn granted(user: UserId) -> Self {
        Self(user)
    }
}

impl Owner {
    /// Whose data may be read and written.
    pub fn user_id(self) -> UserId {
        self.0
    }

    pub(crate) fn granted(user: UserId) -> Self {
        Self(user)
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
        Self(owner.0)
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

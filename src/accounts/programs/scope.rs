//! What a token is for.

use crate::kinds::kinds;

kinds! {
    /// One thing a token is for; a token has a set of them.
    pub enum Scope {
        /// Reading what is in the account.
        Read = "read", "Read";
        /// Writing to it.
        Write = "write", "Write";
    }
}

kinds! {
    /// What a token is made for, as it is chosen.
    pub enum Purpose {
        Read = "read", "Read only";
        ReadAndWrite = "read_and_write", "Read and write";
    }
}

impl Purpose {
    /// The set it stands for.
    pub const fn scopes(self) -> &'static [Scope] {
        match self {
            Self::Read => &[Scope::Read],
            Self::ReadAndWrite => &[Scope::Read, Scope::Write],
        }
    }

    /// What a token with that set is for.
    pub fn of(scopes: &[Scope]) -> Self {
        if scopes.contains(&Scope::Write) { Self::ReadAndWrite } else { Self::Read }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_reads_and_is_known_by_its_set() {
        for purpose in Purpose::ALL {
            assert!(purpose.scopes().contains(&Scope::Read));
            assert_eq!(Purpose::of(purpose.scopes()), *purpose);
        }
    }
}

//! What an error of the database means for whoever asked: whether it passes, and in which words it is told.

/// How long an error lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The database is away, coming back, or has too much to do: the same will work in a moment.
    Passing,
    /// There is no room left on the disk of the database: reading works, writing will when someone has made room.
    DiskFull,
    /// Trying again would not help.
    Lasting,
}

impl Trouble {
    /// The meaning of an error.
    ///
    /// By PostgreSQL's own classes of codes, and by where the wire broke: what stands between (balancers, poolers) may
    /// answer anything while the database is away.
    pub fn of(error: &sqlx::Error) -> Self {
        use sqlx::Error::*;
        match error {
            Io(_) | Tls(_) | Protocol(_) | PoolTimedOut | PoolClosed | WorkerCrashed | BeginFailed => Self::Passing,
            Database(error) => error.code().map_or(Self::Lasting, |code| Self::of_code(&code)),
            _ => Self::Lasting,
        }
    }

    fn of_code(code: &str) -> Self {
        match code {
            "53100" => Self::DiskFull,
            // What the server ended, or a server that only reads: it was the primary until a moment ago.
            "25P03" | "25P04" | "25006" => Self::Passing,
            // Connection, rollback for others' sake, resources, locks, the operator, the system below.
            _ => match code.get(..2) {
                Some("08" | "40" | "53" | "55" | "57" | "58") => Self::Passing,
                _ => Self::Lasting,
            },
        }
    }
}

/// Why the database does not serve, for whoever runs it; names no address and no user.
pub fn in_words(error: &sqlx::Error) -> &'static str {
    use std::io::ErrorKind;
    let code = error.as_database_error().and_then(|error| error.code()).unwrap_or_default();
    match error {
        sqlx::Error::PoolTimedOut => "no connection to the database could be had in time",
        sqlx::Error::PoolClosed => "the connections to the database are closed",
        sqlx::Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => "the database refuses connections",
        sqlx::Error::Io(error) if error.kind() == ErrorKind::TimedOut => "the database is silent",
        sqlx::Error::Io(_) => "the connection to the database breaks",
        sqlx::Error::Tls(_) => "no encrypted connection to the database could be made",
        sqlx::Error::Protocol(_) => "what answers in the database's place is no PostgreSQL",
        sqlx::Error::Database(_) => match code.get(..2) {
            Some("28") => "the database does not let this user in",
            Some("3D") => "the server has no database of this name",
            Some("53") if code == "53100" => "the disk of the database is full",
            Some("53") => "the database has no connections or memory left",
            Some("57") if code == "57014" => "the database took too long",
            Some("57") => "the database is starting or stopping",
            Some("55") => "the database is locked by someone else",
            Some("58") => "the system of the database has an error",
            Some("42") => "the database refuses what is asked of it",
            _ => "the database answers with an error",
        },
        _ => "the database does not answer as it should",
    }
}

/// Whether it is the database's own error of one of these codes.
pub fn has_code(error: &sqlx::Error, codes: &[&str]) -> bool {
    error.as_database_error().and_then(|error| error.code()).is_some_and(|found| codes.contains(&&*found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_is_known_by_the_class_of_its_code() {
        for code in ["08006", "08P01", "25006", "25P03", "40001", "40P01", "53200", "53300", "55P03", "57014"] {
            assert_eq!(Trouble::of_code(code), Trouble::Passing, "{code}");
        }
        for code in ["57P01", "57P02", "57P03", "57P05", "58000", "58030", "58P01"] {
            assert_eq!(Trouble::of_code(code), Trouble::Passing, "{code}");
        }
        assert_eq!(Trouble::of_code("53100"), Trouble::DiskFull);
        for code in ["22012", "23505", "25P02", "28P01", "3D000", "42P01", "42P05", "XX001", "P0001", ""] {
            assert_eq!(Trouble::of_code(code), Trouble::Lasting, "{code}");
        }
    }

    #[test]
    fn a_broken_wire_passes_and_a_mistake_of_ours_does_not() {
        let io = || std::io::Error::from(std::io::ErrorKind::ConnectionReset);
        for error in [
            sqlx::Error::Io(io()),
            sqlx::Error::Tls(Box::new(io())),
            sqlx::Error::Protocol("unexpected response from SSLRequest: 0x00".into()),
            sqlx::Error::PoolTimedOut,
            sqlx::Error::PoolClosed,
            sqlx::Error::WorkerCrashed,
        ] {
            assert_eq!(Trouble::of(&error), Trouble::Passing, "{error}");
        }
        for error in
            [sqlx::Error::RowNotFound, sqlx::Error::Decode("x".into()), sqlx::Error::ColumnNotFound("x".into())]
        {
            assert_eq!(Trouble::of(&error), Trouble::Lasting, "{error}");
        }
    }
}

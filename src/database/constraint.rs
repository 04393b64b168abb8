//! Constraints as the words of write errors: one place compares their names.

/// What a refused write means where it is this constraint, or one of these, that refuses it; else the error itself.
///
/// # Errors
/// Every other error, as it is.
pub fn on_constraint<T>(error: sqlx::Error, names: &[&str], meaning: T) -> sqlx::Result<T> {
    let refused = error.as_database_error().and_then(|error| error.constraint()).map(without_shard);
    if refused.is_some_and(|refused| names.contains(&refused)) { Ok(meaning) } else { Err(error) }
}

/// What the database refuses of a row that is written, in words; nothing where something else is the matter.
pub fn refusal(error: &sqlx::Error) -> Option<String> {
    let error = error.as_database_error()?;
    let rule = error.constraint().map_or("a rule of its table", without_shard);
    let code = error.code()?;
    Some(match &*code {
        "23503" => format!("it names a row that isn't there ({rule})"),
        "23505" => format!("there is another like it ({rule})"),
        "23502" => "it lacks something that each row has".into(),
        code if code.starts_with("23") => format!("it breaks {rule}"),
        code if code.starts_with("22") => "it has a value that can't be kept".into(),
        _ => return None,
    })
}

/// What came of taking something out of the trash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restored<T> {
    /// It is back, and this is it.
    Yes(T),
    /// What was added since has its name, its profile or its words.
    Taken,
    /// It is not there.
    Gone,
}

impl<T> Restored<T> {
    /// From the answer of a statement that tells what it brought back; the constraint is the one that refuses a double.
    ///
    /// # Errors
    /// Every error but that refusal.
    pub fn of(answer: sqlx::Result<Option<T>>, constraint: &str) -> sqlx::Result<Self> {
        match answer {
            Ok(Some(back)) => Ok(Self::Yes(back)),
            Ok(None) => Ok(Self::Gone),
            Err(error) => on_constraint(error, &[constraint], Self::Taken),
        }
    }
}

/// A distributed PostgreSQL ends the names of a shard with its number; no name of ours ends in a digit.
fn without_shard(name: &str) -> &str {
    match name.rsplit_once('_') {
        Some((name, shard)) if !shard.is_empty() && shard.bytes().all(|c| c.is_ascii_digit()) => name,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_shard_is_left_out() {
        for (name, bare) in [
            ("questions_text_taken", "questions_text_taken"),
            ("questions_text_taken_102944", "questions_text_taken"),
            ("users_pkey_102922", "users_pkey"),
            ("contacts_profile_taken_", "contacts_profile_taken_"),
            ("contacts_profile_v2", "contacts_profile_v2"),
            ("contacts_profile_2b", "contacts_profile_2b"),
            ("102922", "102922"),
            ("", ""),
        ] {
            assert_eq!(without_shard(name), bare, "{name}");
        }
    }

    #[test]
    fn what_no_constraint_refused_stays_an_error() {
        assert!(on_constraint(sqlx::Error::RowNotFound, &["companies_name_taken"], ()).is_err());
    }
}

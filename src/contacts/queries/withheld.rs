//! What is not read of a contact by whoever may not read notes.

use super::show::ContactDetail;
use crate::access::HasNotes;

impl HasNotes for ContactDetail {
    fn without_notes(mut self) -> Self {
        (self.why, self.notes) = (None, None);
        for line in self.history.iter_mut() {
            (line.body, line.note) = (None, None);
        }
        for talk in self.talks.iter_mut() {
            talk.learned.clear();
            talk.chosen.clear();
        }
        self.keeping.reasons.clear();
        self.keeping.advice.clear();
        self
    }
}

//! What is noted.

use crate::kinds::kinds;

kinds! {
    /// What happened.
    pub enum Kind {
        SignedIn = "signed_in", "Logged in";
        SignInRefused = "sign_in_refused", "Login refused";
        ConfirmRefused = "confirm_refused", "Not let change the account";
        PasswordChanged = "password_changed", "Password changed";
        PasswordReset = "password_reset", "Password set by a link";
        EmailChanged = "email_changed", "E-mail changed";
        SessionEnded = "session_ended", "One session ended";
        SessionsEnded = "sessions_ended", "All other sessions ended";
        SecondStepOn = "second_step_on", "Second step turned on";
        SecondStepOff = "second_step_off", "Second step turned off";
        RecoveryCodesMade = "recovery_codes_made", "Recovery codes made";
        PasskeyAdded = "passkey_added", "Passkey added";
        PasskeyRemoved = "passkey_removed", "Passkey removed";
        PasskeyRefused = "passkey_refused", "Passkey refused: it may have been copied";
        IdentityLinked = "identity_linked", "Other login linked";
        IdentityUnlinked = "identity_unlinked", "Other login unlinked";
        CalendarMade = "calendar_made", "Calendar address made";
        CalendarEnded = "calendar_ended", "Calendar address ended";
        Exported = "exported", "Exported";
        Brought = "brought", "Archive brought in";
        CoachInvited = "coach_invited", "Coach invited";
        CoachLetIn = "coach_let_in", "Coach let in";
        CoachChanged = "coach_changed", "Coach's access changed";
        CoachEnded = "coach_ended", "Coach's access ended";
        CoachLooked = "coach_looked", "Search looked at";
        TokenMade = "token_made", "Token for a program made";
        TokenEnded = "token_ended", "Token for a program ended";
        AccountMade = "account_made", "Account made";
        AccountDeleted = "account_deleted", "Account deleted";
        Disabled = "disabled", "Account disabled";
        Enabled = "enabled", "Account enabled";
        Promoted = "promoted", "Made an administrator";
        Demoted = "demoted", "No longer an administrator";
        RoomChanged = "room_changed", "Room for documents changed";
        LinkMade = "link_made", "Password link made";
        Invited = "invited", "Invitation made";
        InvitationRevoked = "invitation_revoked", "Invitation revoked";
        SignUpChanged = "sign_up_changed", "Sign-up changed";
        CohortMade = "cohort_made", "Cohort made";
        CohortChanged = "cohort_changed", "Cohort changed";
        CohortArchived = "cohort_archived", "Cohort archived";
        CohortJoined = "cohort_joined", "Joined a cohort";
        CohortLeft = "cohort_left", "Left a cohort";
    }
}

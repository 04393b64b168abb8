//! What can happen between the user and a contact.

use crate::kinds::kinds;

kinds! {
    /// The kinds of touchpoint.
    pub enum Kind {
        Found = "found", "Found";
        AlreadyConnected = "already_connected", "Already connected";
        Picked = "picked", "Picked for this week";
        Requested = "requested", "Connection request sent";
        IntroductionAsked = "introduction_asked", "Introduction asked for";
        SecondPersonAsked = "second_person_asked", "A second person there was asked";
        Accepted = "accepted", "Accepted the request";
        Introduced = "introduced", "Introduced";
        Asked = "asked", "Asked for a talk";
        FollowedUp = "followed_up", "Followed up";
        MovingOnNote = "moving_on_note", "Moving-on note sent";
        AnsweredYes = "answered_yes", "Answered: yes";
        AnsweredLater = "answered_later", "Answered: later";
        AnsweredInWriting = "answered_in_writing", "Answered in writing";
        AnsweredNo = "answered_no", "Declined";
        SentOn = "sent_on", "Named somebody else";
        Scheduled = "scheduled", "Talk scheduled";
        Rescheduled = "rescheduled", "Talk moved";
        Prepared = "prepared", "Talk prepared";
        Held = "held", "Talk held";
        Cancelled = "cancelled", "Talk cancelled";
        NoShow = "no_show", "Did not show up";
        Thanked = "thanked", "Thanked";
        Wrote = "wrote", "Wrote";
        Replied = "replied", "Replied";
        Met = "met", "Met";
        Commented = "commented", "Commented on a post";
        ReferralAsked = "referral_asked", "Asked for a referral";
        ReferralAgreed = "referral_agreed", "Agreed to refer";
        ReferralMade = "referral_made", "Referral made";
        ReferralDeclined = "referral_declined", "Declined to refer";
        ReferralTold = "referral_told", "Told how the referral went";
        MovedOn = "moved_on", "Moved on";
        Reopened = "reopened", "Reopened";
        Snoozed = "snoozed", "Put off";
        DoneOtherwise = "done_otherwise", "Done in another way";
        Dismissed = "dismissed", "Step dismissed";
        Undone = "undone", "Undone";
    }
}

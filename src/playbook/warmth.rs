//! How near a person is: to the work the user wants, and to the user.

use crate::kinds::kinds;

kinds! {
    /// What ties a contact to the user; the warmest first.
    pub enum Warmth {
        /// They know each other.
        KnowsMe = "knows_me", "Knows you";
        /// Someone can introduce them.
        CanBeIntroduced = "can_be_introduced", "Can be introduced";
        /// They went to the same school.
        SameSchool = "same_school", "Same school";
        /// They worked for the same company.
        SameEmployer = "same_employer", "Same former employer";
        /// Nothing is known to tie them.
        Stranger = "stranger", "Stranger";
    }
}

kinds! {
    /// How near a contact's work is to the target role; the nearest first.
    pub enum Closeness {
        /// Does the work the user wants to do.
        SameRole = "same_role", "In the role";
        /// Works side by side with the role.
        Adjacent = "adjacent", "Works next to the role";
        /// Leads a team with the role in it.
        HiringManager = "hiring_manager", "Hiring manager";
        /// Looks for people for the company.
        Recruiter = "recruiter", "Recruiter";
        /// Something else, as the user says.
        NotNear = "not_near", "Something else";
        /// Nobody said: what their job title says is a guess.
        Other = "other", "Going by their title";
    }
}

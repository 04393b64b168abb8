//! What questions and insights are about.

use crate::kinds::kinds;

kinds! {
    /// A topic, in the order a talk may take. Trends, insights, advice, resources and assignments are Dalton's TIARA order.
    pub enum Topic {
        DayToDay = "day_to_day", "Day to day";
        Team = "team", "Team and priorities";
        /// Skills, essential or nice to have.
        Requirements = "requirements", "What the role needs";
        /// Where the user fits, and where not yet.
        Fit = "fit", "My fit and gaps";
        /// Posted, or known only from inside.
        Openings = "openings", "Openings, and how to apply";
        People = "people", "Who else to speak with";
        Trends = "trends", "Trends";
        Insights = "insights", "Insights";
        Advice = "advice", "Advice";
        Resources = "resources", "Resources";
        /// Work to show, and work to try.
        Assignments = "assignments", "Assignments";
        Culture = "culture", "Culture";
        Process = "process", "How they hire";
    }
}

kinds! {
    /// How much an insight about requirements weighs.
    pub enum Weight {
        /// Nobody does the work without it.
        Essential = "essential", "Essential";
        NiceToHave = "nice_to_have", "Nice to have";
    }
}

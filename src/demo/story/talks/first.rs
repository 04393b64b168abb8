//! The first six weeks.

use Topic::{
    Advice, Assignments, Culture, DayToDay, Fit, Insights, Openings, People, Process, Requirements, Resources, Team,
    Trends,
};

use super::{Talk, essential, held, learned, mine, nice, q, theirs, went};
use crate::playbook::talk::Medium;
use crate::playbook::topic::Topic;

pub(super) const TALKS: &[Talk] = &[
    Talk {
        connect: "Her garden table",
        questions: &[
            q(
                DayToDay,
                "What did your last working day look like, from the first hour to the last?",
                "Reading what others wrote until ten, one hard problem until lunch, people after that.",
            ),
            q(
                Requirements,
                "Which two or three skills could nobody in this role do without?",
                "SQL, asking what the number is for, and writing it down in two sentences.",
            ),
            q(
                Advice,
                "What would you do this month, if you were in my place?",
                "One question, public data, one page. Not another course.",
            ),
        ],
        insights: &[
            essential("SQL first. The dashboard tool changes every two years, SQL does not."),
            learned(Advice, "A portfolio of two real questions says more than ten exercises."),
            learned(Openings, "Open Ward hires after its grant round in spring; nothing is posted before."),
        ],
        actions: &[
            mine("Finish the SQL course she named", 56, true),
            mine("Write one page on waiting times from public data", 45, true),
            theirs("Mention me to Barbara Liskov", 60, true),
            theirs("Introduce me to Radia Perlman", 50, true),
        ],
        notes: "She let me talk too long at the start. Begin with the question next time.",
        afterwards: went(55, 2, 3),
        ..held("Grace Hopper", 84, (17, 0), 30, Medium::InPerson)
    },
    Talk {
        connect: "The canteen at Northfield",
        questions: &[
            q(
                People,
                "Who else would you speak with, if you were me?",
                "Mary Jackson at Larkfield. She was on the wards herself.",
            ),
            q(
                Openings,
                "How would you watch for openings at your company, if you were outside?",
                "Do not watch us: no new people before April.",
            ),
        ],
        insights: &[
            learned(Openings, "Hiring freeze at Northfield until April."),
            learned(Team, "Reports come from the head office in Reading; the clinics have no analyst of their own."),
            learned(People, "Mary Jackson at Larkfield was a ward nurse before."),
        ],
        actions: &[
            theirs("Write to Mary Jackson", 77, true),
            mine("Send her three lines about me to pass on", 79, true),
        ],
        notes: "",
        afterwards: went(70, 3, 4),
        ..held("Dorothy Vaughan", 80, (12, 30), 30, Medium::InPerson)
    },
    Talk {
        connect: "https://meet.example/turing-73",
        questions: &[
            q(
                Trends,
                "What is changing most in your field at the moment?",
                "Machines write the query. Someone must still know whether it answers the question.",
            ),
            q(Insights, "What do people outside usually get wrong about this work?", "They think it is about answers."),
            q(
                Process,
                "How does hiring go in your team, from the first word to the offer?",
                "A puzzle to take home, two conversations, done in three weeks.",
            ),
        ],
        insights: &[
            learned(
                Process,
                "Three weeks: a puzzle to take home, then two conversations. The puzzle has no single answer.",
            ),
            essential("Taking a vague wish apart into questions."),
            nice("Python."),
            learned(Trends, "Queries get written by machines; checking them becomes the work."),
            learned(Culture, "They argue on paper first, then meet."),
        ],
        actions: &[
            mine("Solve the puzzle he sent", 60, true),
            theirs("Ask Robin Milner whether he would talk", 30, true),
        ],
        notes: "Quiet until I asked about the puzzle, then could not stop. Runs marathons.",
        afterwards: went(78, 2, 3),
        ..held("Alan Turing", 73, (10, 30), 20, Medium::Video)
    },
    Talk {
        connect: "https://meet.example/larkfield-mj",
        questions: &[
            q(
                DayToDay,
                "Who reads your reports, and what do they do differently afterwards?",
                "Ward managers, Monday at eight. They move staff by nine.",
            ),
            q(
                Requirements,
                "What can be learned on the way, and what should one know on the first day?",
                "Day one: joins, medians, and how a ward works. The rest we teach.",
            ),
            q(
                Fit,
                "From what I have told you, where do you see me fitting in, and where would you have doubts?",
                "You know what the columns mean. You need more statistics, not much more.",
            ),
            q(People, "Who else would you speak with, if you were me?", "Katherine, once your chart is ready."),
        ],
        insights: &[
            essential("SQL joins, medians and percentiles, and knowing what a ward does with a figure."),
            nice("R. They teach it in the first half year."),
            learned(Team, "Seven analysts, one for two wards each; the head is Katherine Johnson."),
            learned(Fit, "Being a nurse is worth a year of training there."),
            learned(Openings, "Someone retires in spring; the post is agreed but not posted."),
        ],
        actions: &[
            mine("Rebuild the waiting-time chart with medians and send it", 50, true),
            theirs("Show the chart to Katherine Johnson", 42, true),
        ],
        notes: "Warm and quick. She drew the patient flow for me while we spoke.",
        afterwards: went(68, 3, 4),
        ..held("Mary Jackson", 70, (16, 15), 20, Medium::Video)
    },
    Talk {
        connect: "By e-mail",
        questions: &[
            q(
                DayToDay,
                "Which part of the work takes more of your time than people outside would think?",
                "Finding out why two systems count the same bed twice.",
            ),
            q(
                Requirements,
                "What did the last person who did well in this role bring with them?",
                "Patience with messy data and none with messy questions.",
            ),
            q(
                Culture,
                "How do people disagree with each other at your company?",
                "In the weekly reading hour, kindly and in front of everyone.",
            ),
        ],
        insights: &[
            learned(DayToDay, "Half of the work at Compass is getting two systems to agree."),
            learned(Culture, "A weekly reading hour where every figure may be questioned."),
            essential("Patience with messy data; they test it with a week of real records."),
        ],
        actions: &[mine("Answer her question: what would I leave out of a ward report?", 58, true)],
        notes: "Her question back: what would you leave out?",
        afterwards: None,
        ..held("Jean Bartik", 66, (9, 0), 15, Medium::InWriting)
    },
    Talk {
        connect: "North gate of the park",
        questions: &[
            q(
                Insights,
                "What surprised you most when you began in this role?",
                "That nobody minded my asking. They minded when I did not.",
            ),
            q(
                Resources,
                "Which course or book was worth the time, and which was not?",
                "The statistics evening course, all of it. Skip the certificates.",
            ),
            q(
                People,
                "Is there someone who came into this work from another field, as I would?",
                "Betty at Bluebell. She was a journalist.",
            ),
        ],
        insights: &[
            learned(Resources, "The evening course in statistics at the university is what her team respects."),
            learned(Process, "At Analytical Engines a referral skips the first sift."),
            learned(People, "Betty Holberton at Bluebell Hospices came from journalism."),
        ],
        actions: &[
            mine("Sign up for the statistics evening course", 55, true),
            theirs("Introduce me to Betty Holberton", 52, true),
        ],
        notes: "Walking is better than a call. Half an hour flew.",
        afterwards: went(60, 3, 4),
        ..held("Joan Clarke", 63, (8, 15), 30, Medium::InPerson)
    },
    Talk {
        connect: "https://meet.example/medley-ksj",
        questions: &[
            q(
                Trends,
                "How will this role differ in three years from now, do you think?",
                "Less counting, more deciding what is worth counting.",
            ),
            q(
                Team,
                "Who do you work with outside your team, and who decides in the end?",
                "Nurses on call, and they decide. As it should be.",
            ),
        ],
        insights: &[
            learned(Team, "Medley's analysts answer to the nursing lead, not to product."),
            learned(Trends, "Patients' own words are becoming data; reading them well is a skill few have."),
            learned(People, "Adele Goldberg decides on the insight team."),
        ],
        actions: &[theirs("Ask Adele Goldberg for ten minutes", 25, true)],
        notes: "",
        afterwards: went(72, 3, 3),
        ..held("Karen Spärck Jones", 52, (13, 0), 20, Medium::Video)
    },
    Talk {
        connect: "Compass Health, 3rd floor",
        questions: &[
            q(
                Fit,
                "Which part of nursing do you wish your analysts had?",
                "Handing over. Saying the three things that matter and stopping.",
            ),
            q(
                Process,
                "What happens in the conversations, and what weighs most in the end?",
                "A week of records to look at. What you leave out weighs most.",
            ),
            q(
                Assignments,
                "Which small project would show someone like you that I can do this work?",
                "The chart you brought, with its limits written under it.",
            ),
            q(
                Openings,
                "Do you know of a need in your team, or in another, that has not been posted yet?",
                "Two posts; one goes up next week.",
            ),
        ],
        insights: &[
            learned(Openings, "Two posts in her team; the second will be filled from the same round."),
            learned(
                Process,
                "Compass: conversation with the team, a week of records, then a talk about what was left out.",
            ),
            essential("A handover in three sentences. They listen for it."),
            learned(Culture, "Barbara keeps Friday afternoons free of meetings for everyone."),
        ],
        actions: &[
            mine("Write the limits under the chart and send it", 48, true),
            theirs("Tell me when the posting is up", 40, true),
        ],
        notes: "She asked more than I did, all of it good. Handover = my strength. Say so.",
        afterwards: went(50, 3, 5),
        ..held("Barbara Liskov", 50, (14, 0), 20, Medium::InPerson)
    },
];

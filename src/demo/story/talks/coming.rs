//! The talks that have a date.

use Topic::{Assignments, Culture, DayToDay, Fit, Openings, People, Process, Requirements, Team, Trends};

use super::{Talk, held, q};
use crate::playbook::talk::{Medium, Status};
use crate::playbook::topic::Topic;

pub(super) const TALKS: &[Talk] = &[
    Talk {
        status: Status::Scheduled,
        connect: "https://meet.example/lantern-sophie",
        questions: &[
            q(DayToDay, "Who reads your reports, and what do they do differently afterwards?", ""),
            q(Team, "How does someone new get started with you, and what should they manage after three months?", ""),
            q(Openings, "If a suitable opening came up, who would you talk to before applying?", ""),
            q(People, "Who else would you speak with, if you were me?", ""),
        ],
        notes: "Radia: nobody there knows a ward. Bring the drawing.",
        ..held("Sophie Wilson", 0, (16, 0), 20, Medium::Video)
    },
    Talk {
        status: Status::Scheduled,
        connect: "020 7946 0187",
        questions: &[
            q(Trends, "How will this role differ in three years from now, do you think?", ""),
            q(Requirements, "Which two or three skills could nobody in this role do without?", ""),
        ],
        ..held("Edgar Codd", -2, (11, 30), 15, Medium::Phone)
    },
    Talk {
        status: Status::Scheduled,
        connect: "Café Lovelace, 1 Park Row",
        questions: &[
            q(Fit, "Which part of nursing do you wish your analysts had?", ""),
            q(Culture, "What kind of person is happy there, and who is not?", ""),
            q(Assignments, "If you gave me one week of your data, what would you want to see on Friday?", ""),
        ],
        notes: "Was a teacher before. Compare notes on changing over.",
        ..held("Frances Allen", -3, (9, 0), 30, Medium::InPerson)
    },
    Talk {
        status: Status::Scheduled,
        connect: "",
        questions: &[q(Process, "How does hiring go in your team, from the first word to the offer?", "")],
        ..held("Gladys West", -8, (14, 0), 20, Medium::Video)
    },
];

//! From the seventh week to yesterday.

use Topic::{
    Advice, Assignments, Culture, DayToDay, Fit, Insights, Openings, People, Process, Requirements, Resources, Team,
    Trends,
};

use super::{Talk, essential, held, learned, mine, nice, q, theirs, went};
use crate::playbook::talk::{Medium, Status};
use crate::playbook::topic::Topic;

pub(super) const TALKS: &[Talk] = &[
    Talk {
        connect: "0117 496 0112",
        questions: &[
            q(
                DayToDay,
                "What is a problem you have solved this month that you are content with?",
                "Why Tuesdays are slow: the courier, not the laboratory.",
            ),
            q(
                Fit,
                "How would you tell my story, coming from another field?",
                "You were the customer of these figures. Start there.",
            ),
        ],
        insights: &[
            learned(DayToDay, "Turnaround time is the one figure everyone at Beacon watches."),
            learned(Fit, "Tell it as: I was the customer of these figures for six years."),
            nice("Knowing laboratory codes. Learned in a month, she says."),
        ],
        actions: &[
            mine("Rewrite the first lines of my profile her way", 40, true),
            theirs("Ask Charles Bachman whether he would talk", 15, false),
        ],
        notes: "Best sentence so far about my own story.",
        afterwards: went(74, 4, 4),
        ..held("Annie Easley", 45, (18, 0), 15, Medium::Phone)
    },
    Talk {
        connect: "https://meet.example/lantern-radia",
        questions: &[
            q(
                Team,
                "What does the team most need to get done in the next half year?",
                "Show a ward why the machine chose this rota and not that one.",
            ),
            q(Openings, "When do budgets for new people get decided?", "In March, all at once."),
        ],
        insights: &[
            learned(
                Openings,
                "Paper Lantern decides on new people in March; an analyst for explanations is on her wish list.",
            ),
            learned(Team, "Four engineers, one for reports (Sophie Wilson), nobody yet who knows a ward."),
            learned(Culture, "Everything is drawn before it is built."),
        ],
        actions: &[
            mine("Draw how a ward reads a rota and send it", 30, true),
            theirs("Introduce me to Sophie Wilson", 20, true),
        ],
        notes: "She explained spanning trees with tea cups.",
        afterwards: went(66, 4, 4),
        ..held("Radia Perlman", 43, (15, 30), 20, Medium::Video)
    },
    Talk {
        connect: "Bluebell, Camden house",
        questions: &[
            q(
                Insights,
                "What is hardest about working there, and what makes up for it?",
                "The stories behind the rows. The stories behind the rows.",
            ),
            q(
                Resources,
                "Where do people of your field meet, here or online?",
                "The hospital analysts' evening, first Tuesday.",
            ),
        ],
        insights: &[
            learned(Culture, "Small, kind, short of money; decisions the same day."),
            learned(Openings, "No budget for a second analyst, but a volunteer's day would be welcome."),
            learned(Resources, "First Tuesday of the month: the hospital analysts' evening."),
        ],
        actions: &[mine("Send the bed-count spreadsheet", 32, true), mine("Go to the analysts' evening", 20, true)],
        notes: "I could help here, whatever comes of it.",
        afterwards: went(62, 4, 5),
        ..held("Betty Holberton", 40, (11, 0), 30, Medium::InPerson)
    },
    Talk {
        connect: "https://meet.example/redwing-mh",
        questions: &[
            q(
                Requirements,
                "What do the postings ask for that is nice to have in truth?",
                "The five years. Two, if you know care from inside.",
            ),
            q(
                Process,
                "How does a referral work at your company, and does it help?",
                "It helps with others. For my own team I read everything myself.",
            ),
            q(
                Team,
                "When did someone last disagree with a figure of yours, and what happened?",
                "Last week. They were right, we changed it, I bought the cake.",
            ),
        ],
        insights: &[
            nice("The five years in the posting; two with care experience will do."),
            learned(Process, "Margaret reads every application to her team herself."),
            learned(Culture, "Errors are told in the Monday meeting, and followed by cake."),
            learned(Fit, "Claims for nursing care are the part nobody there understands."),
        ],
        actions: &[mine("Apply with two pages, care claims first", 30, true)],
        notes: "",
        afterwards: went(58, 4, 4),
        ..held("Margaret Hamilton", 36, (9, 30), 25, Medium::Video)
    },
    Talk {
        connect: "Larkfield House, room 12",
        questions: &[
            q(
                Team,
                "How does someone new get started with you, and what should they manage after three months?",
                "A month beside Mary, then two wards. After three months a report nobody has to check but me.",
            ),
            q(
                Requirements,
                "How do you tell, in a conversation, that someone can do this work?",
                "They ask where the number comes from before they ask what it means.",
            ),
            q(
                Openings,
                "Do you know of a need in your team, or in another, that has not been posted yet?",
                "Spring, one post. It goes up once the budget is signed.",
            ),
        ],
        insights: &[
            learned(Openings, "One post at Larkfield in spring, agreed, posted once the budget is signed."),
            essential("Asking where a number comes from before what it means; Katherine listens for it."),
            learned(Process, "Larkfield: one conversation with the team, one with Katherine, no test."),
            learned(Team, "New people sit beside Mary for a month."),
        ],
        actions: &[
            mine("Send the page on waiting times with its sources", 31, true),
            theirs("Tell me when the budget is signed", 5, false),
        ],
        notes: "Checked one of my figures in her head and found it right. I have rarely been so relieved.",
        afterwards: went(64, 3, 5),
        ..held("Katherine Johnson", 33, (16, 0), 30, Medium::InPerson)
    },
    Talk {
        connect: "020 7946 0133",
        questions: &[
            q(
                Process,
                "How long does it usually take, and where does it tend to get stuck?",
                "Selection day in four weeks, answers the week after. It never gets stuck, I see to that.",
            ),
            q(
                Advice,
                "What mistake do you see people make who want to come into this field?",
                "They hide where they come from.",
            ),
        ],
        insights: &[
            learned(Process, "Wren: a selection day with one exercise in pairs, answers within a week."),
            learned(Advice, "Do not hide where you come from; put it in the first line."),
            learned(Openings, "A class of six begins in spring; two places are kept for people from care."),
        ],
        actions: &[
            mine("Write to the class's office with my two pages", 25, true),
            theirs("Put my name down for the selection day", 25, true),
        ],
        notes: "Fifteen minutes to the second. Energy for a week.",
        afterwards: went(70, 4, 5),
        ..held("Stephanie Shirley", 28, (12, 0), 15, Medium::Phone)
    },
    Talk {
        status: Status::Cancelled,
        connect: "https://meet.example/thornbury",
        questions: &[
            q(Requirements, "What do the postings ask for that is nice to have in truth?", ""),
            q(Team, "Who is in your team, and how do you share the work?", ""),
        ],
        notes: "Cancelled in the morning: a sick child.",
        ..held("Peter Naur", 17, (11, 0), 20, Medium::Video)
    },
    Talk {
        status: Status::NoShow,
        connect: "https://meet.example/borough",
        questions: &[q(Trends, "What is changing most in your field at the moment?", "")],
        notes: "Waited ten minutes, then wrote kindly.",
        ..held("Kristen Nygaard", 14, (17, 30), 15, Medium::Video)
    },
    Talk {
        connect: "https://meet.example/ludgate-ebg",
        questions: &[
            q(
                Insights,
                "What do you know now that you wish you had known in your first year?",
                "That a range is not a weakness. Ministers like ranges once they know why.",
            ),
            q(
                Assignments,
                "Is there a public set of data, or a problem, that you would like to see worked on?",
                "Ambulance handover times, by hour. Nobody has done it well.",
            ),
            q(
                Process,
                "How does hiring go in your team, from the first word to the offer?",
                "A written application in the autumn, slow and fair.",
            ),
        ],
        insights: &[
            learned(Assignments, "Ambulance handover times by hour: public, and nobody has done it well."),
            learned(Process, "Ludgate hires once a year, in the autumn, by written application."),
            learned(Insights, "Give the range first, then the number."),
        ],
        actions: &[
            mine("Look at the ambulance handover data", -4, false),
            mine("Send her what I find", -14, false),
            theirs("Send the guide on showing uncertainty", -2, false),
        ],
        notes: "She speaks in finished paragraphs. Thank her for the guide.",
        afterwards: went(76, 4, 4),
        ..held("Evelyn Boyd Granville", 3, (10, 0), 20, Medium::Video)
    },
    Talk {
        connect: "https://meet.example/ninefold-maw",
        questions: &[
            q(
                DayToDay,
                "How much of your week goes to meetings, and how much to quiet work?",
                "Two meetings. The rest is quiet, at home, with the cat.",
            ),
            q(
                People,
                "Who leads the team that would be closest to what I want to do?",
                "Hedy Lamarr. Say that I sent you.",
            ),
            q(Openings, "If a suitable opening came up, who would you talk to before applying?", "Hedy again, and me."),
        ],
        insights: &[
            learned(Openings, "Ninefold looks for an analyst for missed appointments; the text is being written."),
            learned(People, "Hedy Lamarr leads the closest team; Mary Allen may be named."),
            learned(Culture, "Two meetings a week, most people at home."),
            learned(Fit, "They have nobody who has made a booking from the other side of the desk."),
        ],
        actions: &[
            mine("Write to Hedy Lamarr and name Mary Allen", 0, false),
            mine("Send my two pages", -1, false),
            theirs("Tell me when the posting is up", -10, false),
        ],
        notes: "Easy from the first minute. Ask about a referral when it is posted.",
        afterwards: went(69, 5, 5),
        ..held("Mary Allen Wilkes", 1, (15, 0), 20, Medium::Video)
    },
];

//! What she sends along: a resume in two versions, and a letter.

use super::parts::{Document, SentTo, Version};
use crate::documents::document::Kind;

/// Her documents.
pub const DOCUMENTS: &[Document] = &[
    Document {
        name: "Resume",
        kind: Kind::Resume,
        versions: &[
            Version {
                days_ago: 72,
                file_name: "Ada Byron, resume.txt",
                text: FIRST_RESUME,
                sent: &[
                    SentTo::Opening("Data analyst", "Harbour Analytics", 71),
                    SentTo::Opening("Turnaround analyst", "Beacon Diagnostics", 49),
                    SentTo::Opening("Claims data analyst", "Redwing Mutual", 29),
                ],
            },
            Version {
                days_ago: 23,
                file_name: "Ada Byron, resume, with the ward project.txt",
                text: SECOND_RESUME,
                sent: &[SentTo::Referral("Mary Jackson", 17), SentTo::Opening("BI analyst", "Orbit Insurance", 8)],
            },
        ],
    },
    Document {
        name: "Letter to Orbit Insurance",
        kind: Kind::Letter,
        versions: &[Version {
            days_ago: 9,
            file_name: "Letter to Orbit Insurance.txt",
            text: LETTER,
            sent: &[SentTo::Opening("BI analyst", "Orbit Insurance", 8)],
        }],
    },
];

const FIRST_RESUME: &str = "\
ADA BYRON
London, ada@inroad.example, ada.example/resume

Nurse of six years, moving into data analysis.

WORK
Senior staff nurse, St Agnes Hospital, four years
  Led the night team of a ward of 28 beds.
  Kept the handover sheet that the other wards took over.
Staff nurse, Northfield Clinics, two years

LEARNING
SQL and statistics, evening courses of the University of London, this year
BSc Nursing, University of London

SKILLS
SQL, spreadsheets, charts people read, calm in a hurry
";

const SECOND_RESUME: &str = "\
ADA BYRON
London, ada@inroad.example, ada.example/resume

Healthcare data analyst. Six years on wards taught me what the numbers leave out.

A PROJECT
Why patients of three wards waited for discharge: two years of anonymous records, SQL, one page of charts.
Two of its five suggestions are in use at St Agnes.

WORK
Senior staff nurse, St Agnes Hospital, four years
  Led the night team of a ward of 28 beds.
  Kept the handover sheet that the other wards took over.
Staff nurse, Northfield Clinics, two years

LEARNING
SQL and statistics, evening courses of the University of London, this year
BSc Nursing, University of London

SKILLS
SQL, data cleaning, charts people read, explaining figures to those who have no time
";

const LETTER: &str = "\
Dear team at Orbit Insurance,

You look for an analyst who makes reports that claims handlers use. For six years I was on the other side of such
reports: as a nurse, I saw which of them changed a day's work, and which were filed.

Since spring I have learned SQL and statistics, and asked why patients of three wards waited for their discharge. The
answer fits on one page, and two of its suggestions are in use.

I would be glad to show you that page.

Kind regards,
Ada Byron
";

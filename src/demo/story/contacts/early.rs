//! Known by name, or a request on its way.

use Closeness::{Adjacent, HiringManager, Other, Recruiter, SameRole};
use Kind::{Found, IntroductionAsked, Picked, Requested, SecondPersonAsked, Snoozed};
use Warmth::{CanBeIntroduced, SameEmployer, SameSchool, Stranger};

use crate::demo::story::parts::{Contact, on, person, said, until};
use crate::playbook::event::Kind;
use crate::playbook::warmth::{Closeness, Warmth};

pub(super) const CONTACTS: &[Contact] = &[
    person(
        "Steve Furber",
        "Quietwater",
        "Data analyst",
        SameRole,
        Stranger,
        "The one analyst of a small team, so he sees everything.",
        &[on(3, Found), said(1, Requested, "Your post on sleep scores made me look at my own nights. May I connect?")],
    ),
    person(
        "Shafi Goldwasser",
        "Vantage Trials",
        "Biostatistics lead",
        Adjacent,
        Stranger,
        "Her team checks what others would like to believe.",
        &[on(6, Found), on(2, Requested)],
    )
    .called("she/her"),
    person(
        "Xia Peisu",
        "Copperfield Health",
        "Analyst",
        SameRole,
        SameSchool,
        "Same school, same course, a year behind me.",
        &[on(8, Found), on(4, Requested)],
    ),
    person(
        "John Backus",
        "Orbit Insurance",
        "BI analyst",
        SameRole,
        Stranger,
        "Says he became good at this because he did not like the tedious way.",
        &[on(13, Found), on(6, Requested)],
    ),
    person(
        "Brian Kernighan",
        "Fathom Research",
        "Data editor",
        Adjacent,
        Stranger,
        "Writes so clearly that I would like to know how.",
        &[on(15, Found), on(9, Requested), said(5, SecondPersonAsked, "Wrote to Ken there as well.")],
    ),
    person(
        "Ken Thompson",
        "Fathom Research",
        "Analyst",
        SameRole,
        Stranger,
        "The second one to ask there.",
        &[on(6, Found), on(5, Requested)],
    )
    .called("he/him"),
    person(
        "Ida Rhodes",
        "Thornbury Group",
        "Actuarial analyst",
        Adjacent,
        Stranger,
        "Came to numbers from languages.",
        &[on(20, Found), on(14, Requested), on(10, SecondPersonAsked)],
    ),
    person(
        "Dana Scott",
        "Daylight Genomics",
        "Statistician",
        Adjacent,
        CanBeIntroduced,
        "Alan knows him from a reading group.",
        &[on(16, Found), said(7, IntroductionAsked, "Alan will ask him on Sunday.")],
    )
    .through("Alan Turing"),
    person(
        "Charles Bachman",
        "Beacon Diagnostics",
        "Data manager",
        HiringManager,
        CanBeIntroduced,
        "Annie's manager; the network of the whole laboratory is in his head.",
        &[on(40, Found), on(12, IntroductionAsked)],
    )
    .through("Annie Easley"),
    person(
        "Hedy Lamarr",
        "Ninefold",
        "Analytics lead",
        HiringManager,
        Stranger,
        "Known for something else entirely, and brilliant at this.",
        &[on(5, Found), on(1, Picked)],
    )
    .called("she/her"),
    person(
        "Claude Shannon",
        "Compass Health",
        "Data scientist",
        Adjacent,
        Stranger,
        "Would sit next to the role. Juggles, says his profile.",
        &[on(4, Found), on(2, Picked)],
    )
    .called("he/him"),
    person(
        "Clarence Ellis",
        "Parallel Care",
        "Co-founder",
        HiringManager,
        SameEmployer,
        "Left Compass Health to build this; began as a night porter at St Agnes.",
        &[on(8, Found), on(0, Picked)],
    ),
    person(
        "Mark Dean",
        "Oakhurst Surgeries",
        "Head of systems",
        Other,
        Stranger,
        "The only person there with data in his profile.",
        &[on(6, Found)],
    ),
    person(
        "Ruth Teitelbaum",
        "Lighthouse Aid",
        "Impact analyst",
        SameRole,
        SameSchool,
        "Same school. Counts what an aid convoy changes.",
        &[on(5, Found)],
    ),
    person(
        "Kathleen McNulty",
        "Mosaic Public Data",
        "Data analyst",
        SameRole,
        Stranger,
        "Publishes her queries with every figure.",
        &[on(2, Found)],
    ),
    person(
        "Marlyn Wescoff",
        "Mosaic Public Data",
        "Recruiter",
        Recruiter,
        Stranger,
        "Names herself in their posting.",
        &[on(2, Found)],
    ),
    person(
        "Vint Cerf",
        "Sundial",
        "Head of customer data",
        HiringManager,
        Stranger,
        "Everyone seems to know him, so someone must know me and him.",
        &[on(18, Found), until(11, Snoozed, -4)],
    ),
    person(
        "Sally Floyd",
        "Clearwell",
        "Network analyst",
        SameRole,
        Stranger,
        "Measures flow, of water in this case.",
        &[on(13, Found)],
    ),
    person(
        "Frances Spence",
        "Redwing Mutual",
        "Claims analyst",
        SameRole,
        CanBeIntroduced,
        "Margaret says she was the newest and is now the one everyone asks.",
        &[on(11, Found)],
    )
    .through("Margaret Hamilton"),
    person(
        "Gertrude Blanch",
        "Larkfield Trust",
        "Information analyst",
        SameRole,
        CanBeIntroduced,
        "Mary's desk neighbour, evening classes all the way.",
        &[on(9, Found)],
    )
    .through("Mary Jackson"),
];

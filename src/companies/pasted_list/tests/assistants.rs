//! Lists as chat assistants, web pages and notes write them: with what is said of each name, headings, marks and tags.

use super::*;

#[track_caller]
fn read(cases: &[(&str, &[&str])]) {
    for (text, said) in cases {
        reads(text, said);
    }
}

#[test]
fn what_is_said_of_a_name_is_left_out() {
    read(&[
        ("- **Brex**: Corporate cards, banking and travel", &["Brex ? Left out: Corporate cards, banking and travel"]),
        ("* **Brex:** Corporate cards", &["Brex ? Left out: Corporate cards"]),
        ("- **Brex** – Corporate cards", &["Brex ? Left out: Corporate cards"]),
        ("* Stripe: payments", &["Stripe ? Left out: payments"]),
        ("1. Stripe: payments, and lots of it", &["Stripe ? Left out: payments, and lots of it"]),
        ("- **Ramp** (https://ramp.com): spend management", &["Ramp | https://ramp.com ? Left out: spend management"]),
        ("- **Ramp** (ramp.com)", &["Ramp | https://ramp.com"]),
        ("蚂蚁集团：支付", &["蚂蚁集团 ? Left out: 支付"]),
        ("Stripe → https://stripe.com", &["Stripe | https://stripe.com"]),
        ("Stripe => https://stripe.com", &["Stripe | https://stripe.com"]),
        ("Google[1]\nMeta [12]", &["Google", "Meta"]),
    ]);
}

#[test]
fn sentences_buttons_and_counts_are_no_companies() {
    read(&[
        (
            "Here are some companies for you to look at.\nStripe\nWould you like more of them?",
            &["(A sentence)", "Stripe", "(A sentence)"],
        ),
        (
            "Stripe\n1,234,567 followers\nFollow\nAdyen\n51-200 employees",
            &["Stripe", "(A number of people)", "(A button)", "Adyen", "(A number of people)"],
        ),
        ("~~Wise~~\n- ~~Revolut~~\nMonzo", &["(Struck out)", "(Struck out)", "Monzo"]),
        ("100 Thieves\n23andMe\nWho Gives A Crap", &["100 Thieves", "23andMe", "Who Gives A Crap"]),
        ("Inc. Magazine and Friends of the Earth Inc.", &["Inc. Magazine and Friends of the Earth Inc."]),
    ]);
}

#[test]
fn headings_without_a_colon_and_before_names_are_no_companies() {
    let several = |name: &str| format!("{name} ? Several names stand on this line");
    read(&[
        ("Tier 1\nStripe\nTier 2\nAdyen", &["(A heading)", "Stripe", "(A heading)", "Adyen"]),
        ("Priority A\nStripe", &["(A heading)", "Stripe"]),
        ("Tier", &["Tier"]),
        ("Level 3\nGroup 1", &["Level 3", "Group 1"]),
        ("Dream companies: Stripe, Adyen", &["(A heading)", &several("Stripe"), &several("Adyen")]),
        ("Company: Stripe", &["(A heading)", "Stripe"]),
    ]);
}

#[test]
fn letters_and_numbers_that_count_are_marks() {
    let several = |name: &str| format!("{name} ? Several names stand on this line");
    read(&[
        ("A. Stripe\nB. Adyen\nC. Klarna", &["Stripe", "Adyen", "Klarna"]),
        ("i. Stripe\nii. Adyen\niii. Klarna", &["Stripe", "Adyen", "Klarna"]),
        // Both begin names, too.
        ("A. Lange & Söhne\nB. Braun", &["Lange & Söhne ? Left out: A", "Braun ? Left out: B"]),
        ("A. Lange & Söhne\nStripe", &["A. Lange & Söhne", "Stripe"]),
        ("E. Leclerc\nJ. Crew", &["E. Leclerc", "J. Crew"]),
        ("[1] Stripe\n[2] Adyen", &["Stripe", "Adyen"]),
        ("1 Google\n2 Meta\n3 3M\n4 8x8", &["Google", "Meta", "3M", "8x8"]),
        ("3 3M", &["3 3M"]),
        ("1. Stripe 2. Adyen 3. Klarna", &[&several("Stripe"), &several("Adyen"), &several("Klarna")]),
        ("1) Stripe, 2) 3M", &[&several("Stripe"), &several("3M")]),
    ]);
}

#[test]
fn what_programs_write_is_read() {
    let several = |name: &str| format!("{name} ? Several names stand on this line");
    read(&[
        ("['Stripe', 'Adyen']", &[&several("Stripe"), &several("Adyen")]),
        ("targets = [\n  'Stripe',\n  'Adyen',\n]", &["(Only brackets)", "Stripe", "Adyen", "(Only brackets)"]),
        ("<ul>\n<li>Stripe</li>\n<li><b>Adyen</b></li>\n</ul>", &["Stripe", "Adyen"]),
        ("<ul><li>Stripe</li><li>Adyen</li></ul>", &["Stripe", "Adyen"]),
        ("<li><a href=\"https://stripe.com\" class=\"x\">Stripe</a></li>", &["Stripe | https://stripe.com"]),
        (
            "<table><tr><th>Company</th><th>City</th></tr><tr><td>Stripe</td><td>Dublin</td></tr></table>",
            &["(The head of a table)", "Stripe"],
        ),
        ("Stripe<br>Adyen", &["Stripe", "Adyen"]),
        ("<li><a href=\"/stripe\">Stripe</a></li>", &["Stripe"]),
        ("<a href=\"javascript:alert(1)\">x</a>", &["<a href=\"javascript:alert(1)\">x</a>"]),
        ("'Stripe',\n'Adyen'", &["Stripe", "Adyen"]),
        ("' onmouseover='alert(1)' x='", &["' onmouseover='alert(1)' x='"]),
        ("Stripe <https://stripe.com>", &["Stripe | https://stripe.com"]),
        (
            "Name,Website\n\"Acme\nRobots\",acme.com\nStripe,stripe.com",
            &["(The head of a table)", "Acme Robots | https://acme.com", "Stripe | https://stripe.com"],
        ),
        ("שם החברה,אתר\nטבע,teva.co.il", &["(The head of a table)", "טבע | https://teva.co.il"]),
    ]);
}

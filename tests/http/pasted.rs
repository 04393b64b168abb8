//! What is pasted into the field of a name: taken apart, shown, and never a name.

use crate::support::{App, Form, Person};

async fn empty_form(person: &Person) -> Form {
    person.get("/contacts/new").await.is(200).page().form_to("/contacts")
}

async fn names(person: &Person) -> Vec<String> {
    person.get("/contacts").await.is(200).page().texts("tbody tr th a")
}

fn id_in(address: &str) -> uuid::Uuid {
    address.strip_prefix("/contacts/").unwrap_or_else(|| panic!("{address}")).parse().unwrap()
}

async fn add(person: &Person, name: &str) -> uuid::Uuid {
    id_in(&empty_form(person).await.fill("Name", name).submit(person).await.to())
}

#[tokio::test]
async fn what_is_no_name_never_becomes_one() {
    let app = App::start().await;
    let profile = "https://www.linkedin.com/in/grace-hopper-4c1d2e";
    for (nr, (pasted, profile, email, title, company)) in [
        (profile, profile, "", "", ""),
        ("Grace Hopper - Rear Admiral - US Navy | LinkedIn", "", "", "Rear Admiral", "US Navy"),
        ("(3) Grace Hopper | LinkedIn", "", "", "", ""),
        ("Grace Hopper · 2nd", "", "", "", ""),
        ("Grace Hopper <grace@navy.example>", "", "grace@navy.example", "", ""),
        ("\"Hopper, Grace\" <grace@navy.example>", "", "grace@navy.example", "", ""),
        ("Hopper, Grace <grace@navy.example>", "", "grace@navy.example", "", ""),
        ("Grace Hopper, Rear Admiral at US Navy", "", "", "Rear Admiral", "US Navy"),
    ]
    .into_iter()
    .enumerate()
    {
        let page = empty_form(&app.alice).await.fill("Name", pasted).submit(&app.alice).await.is(200).page();
        assert!(page.says("what I read from what you pasted") && !page.has(".summary"), "{pasted}");
        let form = page.form_to("/contacts");
        let read = ["Name", "Profile address", "E-mail", "Job title", "Company"].map(|field| form.filled(field));
        assert_eq!(read, ["Grace Hopper", profile, email, title, company], "{pasted}");
        form.submit(&app.alice).await.to();
        assert_eq!(names(&app.alice).await.len(), nr + 1, "added at the second press, as shown");
        assert!(names(&app.alice).await.iter().all(|name| name == "Grace Hopper"));
    }
    let id = add(&app.alice, "Ada King").await;
    let edit = format!("/contacts/{id}");
    let form = app.alice.get(&format!("{edit}/edit")).await.page().form_to(&edit);
    let page = form.fill("Name", "Ada King <ada@king.example>").submit(&app.alice).await.is(200).page();
    let form = page.form_to(&edit);
    assert_eq!([form.filled("Name"), form.filled("E-mail")], ["Ada King", "ada@king.example"]);
    form.fill("E-mail", "Ada <mailto:ada@king.example>.").submit(&app.alice).await.to();
    let company =
        empty_form(&app.alice).await.fill("Name", "https://www.linkedin.com/company/acme/").submit(&app.alice).await;
    let form = company.is(200).page().form_to("/contacts").fill("Name", "Kate");
    let wrong = form.submit(&app.alice).await.is(422).page();
    assert!(wrong.error_of("Profile address").starts_with("That's a company page; paste the person's profile"));
}

#[tokio::test]
async fn a_shared_signature_is_kept_whole() {
    let app = App::start().await;
    let text = "Jane Doe\nVP Engineering, Foo, Inc.\njane@foo.example | linkedin.com/in/janedoe\nTel: +49 30 1234567\nMet at the fair";
    let query: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let form = app.alice.get(&format!("/capture?text={query}")).await.is(200).page().form_to("/contacts");
    let read =
        ["Name", "Job title", "Company", "E-mail", "Phone", "Profile address", "Notes"].map(|field| form.filled(field));
    assert_eq!(
        read,
        [
            "Jane Doe",
            "VP Engineering",
            "Foo, Inc.",
            "jane@foo.example",
            "+49 30 1234567",
            "linkedin.com/in/janedoe",
            "Met at the fair"
        ]
    );
    let id = id_in(&form.submit(&app.alice).await.to());
    let kept: (String, String, String) = sqlx::query_as("select phone, notes, profile_key from contacts where id = $1")
        .bind(id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(kept, ("+49 30 1234567".into(), "Met at the fair".into(), "/in/janedoe".into()));
}

#[tokio::test]
async fn somebody_to_be_introduced_is_read_as_well() {
    let app = App::start().await;
    add(&app.alice, "Mary Jackson").await;
    let form = app.alice.get("/introductions/new").await.page().form_to("/introductions");
    let pasted = "Kate Miller <kate@acme.example> https://www.linkedin.com/in/kate-miller";
    let page = form.fill("Who could introduce you", "Mary").set("name", pasted).submit(&app.alice).await.is(200).page();
    let form = page.form_to("/introductions");
    assert_eq!(
        [form.value("name"), form.value("email"), form.value("profile")],
        ["Kate Miller", "kate@acme.example", "https://www.linkedin.com/in/kate-miller"]
    );
    form.submit(&app.alice).await.to();
    assert!(names(&app.alice).await.contains(&"Kate Miller".to_owned()));
}

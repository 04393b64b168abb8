use std::io::Write;

use clap::{CommandFactory, Parser};

use super::*;

fn settings(change: impl FnOnce(&mut Settings)) -> Settings {
    let mut settings = Settings { data_dir: Some("/data".into()), ..Settings::default() };
    change(&mut settings);
    settings
}

fn refused(change: impl FnOnce(&mut Settings)) -> String {
    Config::new(&settings(change)).expect_err("a wrong value is refused").to_string()
}

fn accepted(change: impl FnOnce(&mut Settings)) -> Config {
    Config::new(&settings(change)).expect("a right value is accepted")
}

#[test]
fn the_command_line_is_well_formed() {
    CommandLine::command().debug_assert();
}

#[test]
fn nothing_said_gives_the_defaults() {
    let config = accepted(|_| ());
    assert_eq!(config.listen, "127.0.0.1:3000".parse().unwrap());
    assert_eq!(config.url, None);
    assert_eq!(config.signup, SignUp::Open);
    assert!(config.trusted_proxies.is_empty());
    assert!(matches!(config.database, DatabaseSource::Embedded) && config.pg_bin.is_none());
    assert_eq!(config.log, "info");
    assert_eq!((config.database_patience, config.drain), (Duration::from_secs(30), Duration::ZERO));
    assert_eq!((config.document_most, config.documents_most), (5 << 20, 100 << 20));
}

#[test]
fn a_copy_that_a_balancer_may_know_goes_on_answering_for_a_while() {
    assert_eq!(accepted(|s| s.listen = Some("0.0.0.0:3000".into())).drain, Duration::from_secs(5));
    assert_eq!(accepted(|s| s.drain = Some("12".into())).drain, Duration::from_secs(12));
}

#[test]
fn where_strangers_can_come_accounts_are_by_invitation_unless_said_otherwise() {
    type Change = fn(&mut Settings);
    let reachable: [Change; 3] = [
        |s| s.listen = Some("0.0.0.0:3000".into()),
        |s| s.url = Some("https://inroad.example.org".into()),
        |s| s.trusted_proxies = Some("127.0.0.1".into()),
    ];
    for change in reachable {
        assert_eq!(accepted(change).signup, SignUp::Invite);
        let open = accepted(|settings| {
            change(settings);
            settings.signup = Some("open".into());
        });
        assert_eq!(open.signup, SignUp::Open);
    }
}

#[test]
fn empty_values_count_as_not_given() {
    let config = accepted(|settings| {
        settings.listen = Some(String::new());
        settings.url = Some(" ".into());
        settings.database_url = Some(String::new());
        settings.database_url_file = Some("".into());
        settings.pg_bin = Some("".into());
    });
    assert_eq!(config.listen.port(), 3000);
    assert!(matches!(config.database, DatabaseSource::Embedded) && config.pg_bin.is_none());
}

#[test]
fn every_wrong_value_names_its_variable_and_what_would_be_right() {
    type Change = fn(&mut Settings);
    let cases: [(Change, &str, &str); 15] = [
        (|s| s.listen = Some("3000".into()), "INROAD_LISTEN is '3000'", "127.0.0.1:3000"),
        (|s| s.url = Some("inroad.example.org".into()), "INROAD_URL", "https://inroad.example.org"),
        (|s| s.signup = Some("maybe".into()), "INROAD_SIGNUP is 'maybe'", "open, invite or closed"),
        (|s| s.trusted_proxies = Some("10.0.0.0/33".into()), "INROAD_TRUSTED_PROXIES", "10.0.0.0/8"),
        (|s| s.drain = Some("soon".into()), "INROAD_DRAIN is 'soon'", "whole seconds"),
        (|s| s.drain = Some("601".into()), "INROAD_DRAIN is '601'", "from 0 to 600"),
        (|s| s.database_wait = Some("-1".into()), "INROAD_DATABASE_WAIT is '-1'", "whole seconds"),
        (|s| s.document_mb = Some("11".into()), "INROAD_DOCUMENT_MB is '11'", "from 1 to 10"),
        (|s| s.documents_mb = Some("0".into()), "INROAD_DOCUMENTS_MB is '0'", "from 1 to 200"),
        (|s| s.push_services = Some("10.0.0.1".into()), "INROAD_PUSH_SERVICES is '10.0.0.1'", "push.example.org"),
        (|s| s.hsts = Some("yes".into()), "INROAD_HSTS is 'yes'", "off, host or subdomains"),
        (|s| s.log = Some("inroad=loud".into()), "INROAD_LOG", "debug"),
        (|s| s.database_url = Some("mysql://a".into()), "DATABASE_URL", "postgres://"),
        (|s| s.migrate_database_url = Some("x".into()), "INROAD_MIGRATE_DATABASE_URL", "postgres://"),
        (|s| s.database_url_file = Some("/does/not/exist".into()), "DATABASE_URL_FILE", "may read"),
    ];
    for (change, variable, right) in cases {
        let message = refused(change);
        assert!(message.starts_with(variable) && message.contains(right), "{message}");
    }
}

#[test]
fn the_public_address_has_no_path_query_or_password() {
    for bad in [
        "https://a.example/inroad",
        "https://a.example/?a=b",
        "https://a.example/#a",
        "ftp://a.example",
        "https://me@a.example",
    ] {
        assert!(refused(|settings| settings.url = Some(bad.into())).contains("INROAD_URL"), "{bad}");
    }
    let config = accepted(|settings| settings.url = Some("https://a.example:8443".into()));
    assert_eq!(config.url.unwrap().as_str(), "https://a.example:8443/");
}

#[test]
fn trusted_proxies_are_addresses_and_networks() {
    let config = accepted(|settings| settings.trusted_proxies = Some("127.0.0.1, 10.0.0.0/8,fd00::/8".into()));
    for (peer, trusted) in
        [("127.0.0.1", true), ("127.0.0.2", false), ("10.200.3.4", true), ("::ffff:10.0.0.1", true), ("fe80::1", false)]
    {
        assert_eq!(config.trusted_proxies.trust(peer.parse().unwrap()), trusted, "{peer}");
    }
}

#[test]
fn secrets_come_from_files_and_are_not_shown() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "s3/cret word").unwrap();
    let config = accepted(|settings| {
        settings.database_url = Some("postgres://inroad@database/inroad".into());
        settings.database_password_file = Some(file.path().into());
    });
    assert!(!format!("{config:?}").contains("s3"));
    let DatabaseSource::Url(url) = config.database else { panic!("a server was named") };
    assert_eq!(url.expose(), "postgres://inroad:s3%2Fcret%20word@database/inroad");
}

#[test]
fn a_wrong_database_address_is_not_repeated() {
    let message = refused(|settings| settings.database_url = Some("postgress://me:pa55@host/db".into()));
    assert!(!message.contains("pa55"), "{message}");
}

#[test]
fn one_source_for_the_database_only() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "postgres://a@b/c").unwrap();
    let both = refused(|settings| {
        settings.database_url = Some("postgres://a@b/c".into());
        settings.database_url_file = Some(file.path().into());
    });
    assert!(both.contains("both set"), "{both}");
    let alone = refused(|settings| settings.database_password_file = Some(file.path().into()));
    assert!(alone.contains("DATABASE_URL is not"), "{alone}");
}

#[test]
fn flags_stand_before_or_after_the_command() {
    let before = CommandLine::try_parse_from(["inroad", "--listen", "[::1]:80", "migrate"]).unwrap();
    let after = CommandLine::try_parse_from(["inroad", "migrate", "--listen", "[::1]:80"]).unwrap();
    assert_eq!(before.settings.listen, after.settings.listen);
    assert_eq!(before.command, Some(Command::Migrate));
    for (line, healthcheck) in [(&["inroad", "doctor"][..], false), (&["inroad", "doctor", "--healthcheck"], true)] {
        assert_eq!(CommandLine::try_parse_from(line).unwrap().command, Some(Command::Doctor { healthcheck }));
    }
}

#[test]
fn a_set_up_is_for_this_machine_alone_only_when_everything_says_so() {
    for (listen, url, proxies, alone) in [
        ("127.0.0.1:3000", "", "", true),
        ("[::1]:3000", "", "", true),
        ("127.0.0.2:3000", "http://localhost:3000", "", true),
        ("127.0.0.1:3000", "http://127.0.0.1:3000", "", true),
        ("0.0.0.0:3000", "", "", false),
        ("192.0.2.7:3000", "", "", false),
        ("[::]:3000", "http://localhost:3000", "", false),
        ("127.0.0.1:3000", "https://inroad.example.org", "", false),
        ("127.0.0.1:3000", "http://192.0.2.7", "", false),
        ("127.0.0.1:3000", "", "127.0.0.1", false),
        ("127.0.0.1:3000", "https://inroad.example.org", "127.0.0.1", false),
    ] {
        let config = accepted(|settings| {
            settings.listen = Some(listen.into());
            settings.url = Some(url.into());
            settings.trusted_proxies = Some(proxies.into());
        });
        assert_eq!(config.is_for_this_machine(), alone, "{listen} {url} {proxies}");
    }
}

fn with_mail(url: &str) -> impl FnOnce(&mut Settings) + use<> {
    let url = url.to_owned();
    move |settings| {
        settings.url = Some("https://inroad.example".into());
        settings.smtp_url = Some(url);
        settings.mail_from = Some("Inroad <inroad@inroad.example>".into());
    }
}

#[test]
fn mail_goes_by_any_server_and_in_secret_unless_said_otherwise() {
    for (url, host, port, tls) in [
        ("smtps://smtp.example.org", "smtp.example.org", 465, Tls::Wrapped),
        ("smtps://smtp.example.org:2465?tls=required", "smtp.example.org", 2465, Tls::Wrapped),
        ("smtp://smtp.example.org", "smtp.example.org", 587, Tls::Required),
        ("smtp://smtp.example.org:25/?tls=opportunistic", "smtp.example.org", 25, Tls::Opportunistic),
        ("smtp://mailpit:1025?tls=none", "mailpit", 1025, Tls::None),
        ("smtp://localhost:1025", "localhost", 1025, Tls::None),
        ("smtp://127.0.0.1:1025?tls=required", "127.0.0.1", 1025, Tls::Required),
        ("smtp://[::1]:1025", "::1", 1025, Tls::None),
    ] {
        let server = accepted(with_mail(url)).smtp.unwrap().server;
        assert_eq!((server.host.as_str(), server.port, server.tls, server.login), (host, port, tls, None), "{url}");
    }
    assert!(accepted(|_| ()).smtp.is_none());
}

#[test]
fn the_password_for_mail_is_decoded_may_lie_in_a_file_and_is_never_shown() {
    let login = |config: &Config| {
        let (user, password) = config.smtp.clone().unwrap().server.login.unwrap();
        (user, password.expose().to_owned())
    };
    let config = accepted(with_mail("smtps://ada%40example.org:pa%2F55@smtp.example.org"));
    assert_eq!(login(&config), ("ada@example.org".into(), "pa/55".into()));
    assert!(!format!("{config:?}").contains("55"));
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "s3/cret word").unwrap();
    let path = file.path().to_owned();
    let config = accepted(|settings| {
        with_mail("smtps://ada@smtp.example.org")(settings);
        settings.smtp_password_file = Some(path.clone());
    });
    assert_eq!(login(&config).1, "s3/cret word");
    let nobody = refused(|settings| {
        with_mail("smtps://smtp.example.org")(settings);
        settings.smtp_password_file = Some(path.clone());
    });
    assert!(nobody.contains("names no user"), "{nobody}");
    let mut whole = tempfile::NamedTempFile::new().unwrap();
    writeln!(whole, "smtps://ada:pa55@smtp.example.org").unwrap();
    let config = accepted(|settings| {
        with_mail("")(settings);
        settings.smtp_url_file = Some(whole.path().into());
    });
    assert_eq!(login(&config).1, "pa55");
}

#[test]
fn a_wrong_mail_server_names_its_variable_and_no_password() {
    for url in [
        "smtp.example.org",
        "https://ada:pa55@smtp.example.org",
        "smtp://ada:pa55@",
        "smtp://ada:pa55@smtp.example.org?tls=maybe",
        "smtps://ada:pa55@smtp.example.org?tls=none",
        "smtp://ada:pa55@smtp.example.org?tls=none&tls=required",
        "smtp://ada:pa55@smtp.example.org?starttls=1",
        "smtp://ada:pa55@smtp.example.org/hello",
        "smtp://ada:pa55@smtp.example.org#x",
        "smtp://ada:pa55@smtp.example.org:99999",
        "smtp://:pa55@smtp.example.org",
        "smtp://ada:%ff@smtp.example.org",
    ] {
        let said = refused(with_mail(url));
        assert!(said.starts_with("INROAD_SMTP_URL") && said.contains("smtps://") && !said.contains("pa55"), "{said}");
    }
    type Change = fn(&mut Settings);
    let missing: [(Change, &str); 4] = [
        (|s| s.url = None, "INROAD_URL is not"),
        (|s| s.mail_from = None, "INROAD_MAIL_FROM is not"),
        (|s| s.smtp_url = None, "INROAD_SMTP_URL is not"),
        (|s| s.mail_from = Some("Inroad <inroad>".into()), "INROAD_MAIL_FROM is"),
    ];
    for (change, said) in missing {
        let message = refused(|settings| {
            with_mail("smtps://smtp.example.org")(settings);
            change(settings);
        });
        assert!(message.contains(said), "{message}");
    }
}

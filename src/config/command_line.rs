//! What can be typed after `inroad`, and the variables that say the same.
//!
//! Values are taken as text here and checked in the module above, whose messages name the variable.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// MB that all documents of an account may have together, at most: its archive holds them, too.
pub const DOCUMENTS_MB_MOST: i16 = 200;

/// Inroad helps you get interviews through people.
#[derive(Debug, Parser)]
#[command(
    name = "inroad",
    version,
    about,
    args_conflicts_with_subcommands = false,
    after_help = "Without DATABASE_URL, Inroad keeps its data in a private PostgreSQL cluster in its data folder.\n\
                  Every setting can be given as a flag or as the variable named beside it."
)]
pub struct CommandLine {
    /// What to do; `serve` when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What to do it with.
    #[command(flatten)]
    pub settings: Settings,
}

/// The commands.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Serve the pages (what happens when no command is named)
    Serve,
    /// Bring the database's schema up to date, and stop
    Migrate,
    /// Add, list or help people who have an account
    User {
        /// What to do.
        #[command(subcommand)]
        command: UserCommand,
    },
    /// See how the installation is, decide who may sign up, invite people
    Admin {
        /// What to do.
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// Make an account filled with three months of a believable search
    Demo,
    /// Write everything into a file, also while the pages are served
    #[command(visible_alias = "backup")]
    Dump {
        /// The file; one that is there is replaced once the new one is whole
        file: PathBuf,
    },
    /// Bring back what `inroad dump` wrote; refused where accounts are already
    Restore {
        /// The file
        file: PathBuf,
        /// Put it in the place of the accounts that are there
        #[arg(long)]
        replace: bool,
    },
    /// Write everything of one account into an archive, which another Inroad can bring in
    Export {
        /// The account's e-mail address
        #[arg(long, value_name = "E-MAIL")]
        email: String,
        /// The file to write; one that is there is not replaced
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Bring an archive of one account into another that has nothing in it
    Import {
        /// The account's e-mail address
        #[arg(long, value_name = "E-MAIL")]
        email: String,
        /// The archive
        file: PathBuf,
    },
    /// Check the installation: database, schema, addresses, proxies, disk, clock; ends with 1 when something is wrong
    Doctor {
        /// Only ask the running server whether it lives; ends with 0 when it does, else with 1
        #[arg(long)]
        healthcheck: bool,
    },
}

/// What can be done about the installation from the command line.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum AdminCommand {
    /// Show accounts, storage, the last dump, and how the work in the background fares
    Status,
    /// Show or set who may sign up
    SignUp {
        /// open, invite, closed, or as-started for what INROAD_SIGNUP says
        policy: Option<String>,
    },
    /// Print a link with which someone makes an account; it works once, within seven days
    Invite {
        /// The only address that may use it, which also gets it by mail where mail is set up; with none, whoever has the link
        #[arg(value_name = "E-MAIL")]
        email: Option<String>,
        /// The administrator who invites, where there are several
        #[arg(long, value_name = "E-MAIL")]
        by: Option<String>,
    },
    /// List the invitations, the latest first
    Invitations,
    /// Take an invitation back that nobody used
    Revoke {
        /// The invitation, as it is listed
        id: String,
    },
    /// Send a mail to this address now, and say what the mail server answered
    TestMail {
        /// Where to
        #[arg(value_name = "E-MAIL")]
        email: String,
    },
    /// Print what happened to accounts, the latest first
    Log {
        /// How many lines
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..))]
        last: u16,
    },
}

/// What can be done about accounts from the command line.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum UserCommand {
    /// Add an account; its password is read from standard input
    Add {
        /// The person's e-mail address
        #[arg(value_name = "E-MAIL")]
        email: String,
        /// The person's name
        #[arg(long)]
        name: String,
        /// Make the person an administrator
        #[arg(long)]
        admin: bool,
    },
    /// List the accounts
    List,
    /// Print a link with which the account's owner sets a new password; it works once, within a day
    ResetLink {
        /// The account's e-mail address
        #[arg(value_name = "E-MAIL")]
        email: String,
    },
    /// Turn an account's second step off, for someone who lost their phone and their recovery codes, and end its sessions
    EndSecondStep {
        /// The account's e-mail address
        #[arg(value_name = "E-MAIL")]
        email: String,
        /// Remove its passkeys as well, for someone who lost the device they are on
        #[arg(long)]
        passkeys: bool,
    },
    /// Keep an account from logging in, and end its sessions; nothing in it is lost
    Disable {
        /// The account's e-mail address
        #[arg(value_name = "E-MAIL")]
        email: String,
    },
    /// Let a disabled account log in again
    Enable {
        /// The account's e-mail address
        #[arg(value_name = "E-MAIL")]
        email: String,
    },
    /// Make an account an administrator
    Promote {
        /// The account's e-mail address
        #[arg(value_name = "E-MAIL")]
        email: String,
    },
    /// Make an administrator an account like the others
    Demote {
        /// The account's e-mail address
        #[arg(value_name = "E-MAIL")]
        email: String,
    },
    /// Set how many MB an account's documents may have together; with no number, as many as everyone's
    Room {
        /// The account's e-mail address
        #[arg(value_name = "E-MAIL")]
        email: String,
        /// MB, from 1 to 200
        #[arg(value_name = "MB", value_parser = clap::value_parser!(i16).range(1..=i64::from(DOCUMENTS_MB_MOST)))]
        mb: Option<i16>,
    },
    /// Delete an account for good, with everything in it
    Delete {
        /// The account's e-mail address
        #[arg(value_name = "E-MAIL")]
        email: String,
        /// That it is meant: nobody can bring the account back
        #[arg(long)]
        yes: bool,
    },
    /// Give an account a new password, read from standard input, and end its sessions
    SetPassword {
        /// The account's e-mail address
        #[arg(value_name = "E-MAIL")]
        email: String,
    },
}

/// The settings as they were typed, unchecked.
#[derive(Default, Args)]
pub struct Settings {
    /// Address and port to serve the pages on [default: 127.0.0.1:3000]
    #[arg(long, env = "INROAD_LISTEN", value_name = "ADDRESS", global = true, hide_env_values = true)]
    pub listen: Option<String>,
    /// Address people reach Inroad by, as https://inroad.example.org [default: where it listens]
    #[arg(long, env = "INROAD_URL", value_name = "URL", global = true, hide_env_values = true)]
    pub url: Option<String>,
    /// Who may make an account: open, invite or closed [default: open on this machine alone, else invite]
    #[arg(long, env = "INROAD_SIGNUP", value_name = "WHO", global = true, hide_env_values = true)]
    pub signup: Option<String>,
    /// Folder for Inroad's own data [default: the platform's data folder]
    #[arg(long, env = "INROAD_DATA_DIR", value_name = "FOLDER", global = true, hide_env_values = true)]
    pub data_dir: Option<PathBuf>,
    /// Address of a PostgreSQL database, as postgres://user:password@host:5432/database
    #[arg(long, env = "DATABASE_URL", value_name = "URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// File that holds DATABASE_URL
    #[arg(long, env = "DATABASE_URL_FILE", value_name = "FILE", global = true, hide_env_values = true)]
    pub database_url_file: Option<PathBuf>,
    /// File that holds the password to use with DATABASE_URL
    #[arg(long, env = "DATABASE_PASSWORD_FILE", value_name = "FILE", global = true, hide_env_values = true)]
    pub database_password_file: Option<PathBuf>,
    /// Direct address of the database for migrations, where DATABASE_URL leads to a pooler
    #[arg(long, env = "INROAD_MIGRATE_DATABASE_URL", value_name = "URL", global = true, hide_env_values = true)]
    pub migrate_database_url: Option<String>,
    /// Seconds a start waits for its database [default: 30]
    #[arg(long, env = "INROAD_DATABASE_WAIT", value_name = "SECONDS", global = true, hide_env_values = true)]
    pub database_wait: Option<String>,
    /// Seconds to go on answering once asked to stop, until a balancer knows [default: 5, on loopback 0]
    #[arg(long, env = "INROAD_DRAIN", value_name = "SECONDS", global = true, hide_env_values = true)]
    pub drain: Option<String>,
    /// Folder of PostgreSQL's programs [default: looked for]
    #[arg(long, env = "INROAD_PG_BIN", value_name = "FOLDER", global = true, hide_env_values = true)]
    pub pg_bin: Option<PathBuf>,
    /// Proxies in front of Inroad that are believed about who asks, as 127.0.0.1,10.0.0.0/8 [default: none]
    #[arg(long, env = "INROAD_TRUSTED_PROXIES", value_name = "LIST", global = true, hide_env_values = true)]
    pub trusted_proxies: Option<String>,
    /// Whom browsers are told to reach by https only: off, host or subdomains [default: host]
    #[arg(long, env = "INROAD_HSTS", value_name = "WHOM", global = true, hide_env_values = true)]
    pub hsts: Option<String>,
    /// MB a document may have [default: 5, at most 10]
    #[arg(long, env = "INROAD_DOCUMENT_MB", value_name = "MB", global = true, hide_env_values = true)]
    pub document_mb: Option<String>,
    /// MB all documents of an account may have together [default: 100, at most 200]
    #[arg(long, env = "INROAD_DOCUMENTS_MB", value_name = "MB", global = true, hide_env_values = true)]
    pub documents_mb: Option<String>,
    /// The server that takes mail, such as smtps://user:password@smtp.example.org; none is sent without
    #[arg(long, env = "INROAD_SMTP_URL", value_name = "ADDRESS", global = true, hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// A file that holds that address
    #[arg(long, env = "INROAD_SMTP_URL_FILE", value_name = "FILE", global = true, hide_env_values = true)]
    pub smtp_url_file: Option<PathBuf>,
    /// A file that holds the password for it
    #[arg(long, env = "INROAD_SMTP_PASSWORD_FILE", value_name = "FILE", global = true, hide_env_values = true)]
    pub smtp_password_file: Option<PathBuf>,
    /// Whom mail comes from, such as Inroad <inroad@example.org>
    #[arg(long, env = "INROAD_MAIL_FROM", value_name = "MAILBOX", global = true, hide_env_values = true)]
    pub mail_from: Option<String>,
    /// Services that hand notices to browsers, beside those of the usual ones, as push.example.org [default: none]
    #[arg(long, env = "INROAD_PUSH_SERVICES", value_name = "LIST", global = true, hide_env_values = true)]
    pub push_services: Option<String>,
    /// An OpenID Connect issuer people can log in by, such as https://id.example.org
    #[arg(long, env = "INROAD_OIDC_ISSUER", value_name = "URL", global = true, hide_env_values = true)]
    pub oidc_issuer: Option<String>,
    /// What it calls this Inroad
    #[arg(long, env = "INROAD_OIDC_CLIENT_ID", value_name = "ID", global = true, hide_env_values = true)]
    pub oidc_client_id: Option<String>,
    /// The secret it gave this Inroad, if it gave one
    #[arg(long, env = "INROAD_OIDC_CLIENT_SECRET", value_name = "SECRET", global = true, hide_env_values = true)]
    pub oidc_client_secret: Option<String>,
    /// A file that holds that secret
    #[arg(long, env = "INROAD_OIDC_CLIENT_SECRET_FILE", value_name = "FILE", global = true, hide_env_values = true)]
    pub oidc_client_secret_file: Option<PathBuf>,
    /// What the login page calls the issuer [default: its host]
    #[arg(long, env = "INROAD_OIDC_NAME", value_name = "NAME", global = true, hide_env_values = true)]
    pub oidc_name: Option<String>,
    /// Whether people the issuer knows get an account when they first log in by it: on or off [default: off]
    #[arg(long, env = "INROAD_OIDC_SIGNUP", value_name = "WHETHER", global = true, hide_env_values = true)]
    pub oidc_signup: Option<String>,
    /// The group at the issuer whose people administer [default: none]
    #[arg(long, env = "INROAD_OIDC_ADMIN_GROUP", value_name = "GROUP", global = true, hide_env_values = true)]
    pub oidc_admin_group: Option<String>,
    /// The claim of the issuer that holds someone's groups [default: groups]
    #[arg(long, env = "INROAD_OIDC_GROUPS_CLAIM", value_name = "CLAIM", global = true, hide_env_values = true)]
    pub oidc_groups_claim: Option<String>,
    /// What to log: error, warn, info, debug or trace [default: info]
    #[arg(long, env = "INROAD_LOG", value_name = "LEVEL", global = true, hide_env_values = true)]
    pub log: Option<String>,
}

/// Written by hand because addresses of databases hold passwords.
impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Settings(hidden)")
    }
}

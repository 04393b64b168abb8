//! What the program can be told on the command line.

mod admin;
mod archive;
mod doctor;
mod dump;
mod serve;
mod user;

use std::process::ExitCode;
use std::time::Duration;

use crate::config::{Command, CommandLine, Config};
use crate::database::{self, Database};
use crate::log;

/// Runs the command; says on standard error what was wrong, and what would be right.
pub fn run(line: CommandLine) -> ExitCode {
    let outcome = Config::new(&line.settings).map_err(anyhow::Error::from).and_then(|config| {
        log::start(&config.log);
        match line.command.unwrap_or(Command::Serve) {
            Command::Doctor { healthcheck: true } => Ok(doctor::healthcheck(config.listen)?),
            command => {
                let runtime = tokio::runtime::Runtime::new()?;
                let outcome = runtime.block_on(with_runtime(command, config));
                // What still hangs has had its time.
                runtime.shutdown_timeout(Duration::from_secs(1));
                outcome
            }
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("inroad: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn with_runtime(command: Command, config: Config) -> anyhow::Result<()> {
    if let Command::Serve = command {
        return serve::run(config).await;
    }
    match command {
        Command::Dump { file } => return dump::take(&config, &file).await,
        Command::Restore { file, replace } => return dump::restore(&config, &file, replace).await,
        Command::Doctor { .. } => return examine(&config).await,
        _ => {}
    }
    let database = open(&config).await?;
    let outcome = match command {
        Command::User { command } => user::run(&database.pool, &config, command).await,
        Command::Admin { command } => admin::run(&database.pool, &config, command).await,
        Command::Export { email, to } => archive::export(&database.pool, &email, &to).await,
        Command::Import { email, file } => archive::import(&database.pool, &email, &file, &config).await,
        Command::Demo => demo(&database.pool).await,
        _ => Ok(()),
    };
    database.close().await;
    outcome
}

async fn examine(config: &Config) -> anyhow::Result<()> {
    let checks = doctor::examine(config, crate::clock::Clock::system().now()).await;
    for check in &checks {
        println!("{check}");
    }
    match checks.iter().filter(|check| check.is_wrong()).count() {
        0 => Ok(()),
        1 => anyhow::bail!("One thing above is wrong"),
        wrong => anyhow::bail!("{wrong} things above are wrong"),
    }
}

async fn demo(db: &sqlx::PgPool) -> anyhow::Result<()> {
    let made = crate::demo::load::load(db, crate::clock::Clock::system().now()).await?;
    println!("The demo account is ready. Log in as {} with the password {}", made.email, made.password);
    Ok(())
}

/// The database, migrated; the private one of an Inroad that runs as that one left it.
async fn open(config: &Config) -> anyhow::Result<Database> {
    if let Some(running) = database::open_running(config).await? {
        anyhow::ensure!(
            database::schema_is_current(&running.pool).await?,
            "The Inroad that runs is of another version: use its own program, or stop it first"
        );
        return Ok(running);
    }
    let database = database::open(config).await?;
    if let Err(error) = database::migrate(&database).await {
        database.close().await;
        return Err(error);
    }
    match crate::renewal::renew(&database.pool).await {
        Ok(0) => {}
        Ok(changed) => tracing::info!(changed, "wrote folded names and keys anew"),
        Err(error) => {
            database.close().await;
            return Err(error.into());
        }
    }
    Ok(database)
}

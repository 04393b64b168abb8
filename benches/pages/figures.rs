//! Start, memory, size and import.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;

use crate::database::Instance;
use crate::load::Client;
use crate::server::Server;
use crate::{Options, import, verdict};

/// One figure with the most it may be.
pub struct Figure {
    /// What it is of.
    pub what: &'static str,
    /// What it is.
    pub is: f64,
    /// What it may be.
    pub most: f64,
    /// In which unit.
    pub unit: &'static str,
}

/// Measures what is no page and prints the table. Returns whether every budget was met.
pub async fn measure(options: &Options, instance: &Instance) -> anyhow::Result<bool> {
    let mut figures = Vec::new();
    let mut figure = |what, is, most, unit| figures.push(Figure { what, is, most, unit });
    let data = tempfile::tempdir()?;
    let server = Server::start(&options.program, data.path(), Some(&instance.url))?;
    figure("start on an existing database", server.started_in.as_secs_f64(), 0.3, "s");
    figure("memory idle", server.memory()?.0, 50.0, "MiB");
    let clients = connections(server.address, 256, instance)?;
    figure("memory with 256 connections", server.memory()?.0, 120.0, "MiB");
    drop((clients, server));
    let size = std::fs::metadata(&options.program)?.len();
    figure("binary", size as f64 / 1e6, 25.0, "MB");
    let empty = Server::start(&options.program, tempfile::tempdir()?.path(), None);
    match empty {
        Ok(server) => figure("start on an empty folder", server.started_in.as_secs_f64(), 3.0, "s"),
        Err(error) => println!("\n- The start on an empty folder was not measured: {error:#}"),
    }
    figures.extend(import::measure(options, instance).await?);

    println!("\n| what | is | at most | |\n|---|--:|--:|---|");
    let mut all_met = true;
    for Figure { what, is, most, unit } in &figures {
        let met = is <= most;
        all_met &= met;
        println!("| {what} | {is:.2} {unit} | {most} {unit} | {} |", verdict(met));
    }
    Ok(all_met)
}

/// So many kept connections, each of which has been served its home page.
fn connections(address: SocketAddr, count: usize, instance: &Instance) -> anyhow::Result<Vec<Client>> {
    let mut clients = Vec::with_capacity(count);
    for account in instance.accounts.iter().cycle().take(count) {
        let mut client = Client::connect(address)?;
        let request = format!("GET / HTTP/1.1\r\nhost: {address}\r\ncookie: inroad={}\r\n\r\n", account.token);
        client.send(request.as_bytes()).context("256 connections")?;
        clients.push(client);
    }
    std::thread::sleep(Duration::from_millis(200));
    Ok(clients)
}

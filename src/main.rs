//! The command line; nothing else.

use clap::Parser;
use inroad::commands;
use inroad::config::CommandLine;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    commands::run(CommandLine::parse())
}

//! The few lines that need `unsafe`: a child that is told to stop when its parent is gone.

use std::process::Command;

/// Makes the kernel send the child SIGINT, PostgreSQL's fast stop, when the thread that spawned it ends.
///
/// Only Linux can; elsewhere the next start stops a cluster that was left behind.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "pre_exec runs between fork and exec; only two system calls are made there")]
pub(super) fn stop_with_parent(command: &mut Command) {
    use std::os::unix::process::CommandExt;

    use nix::sys::{prctl, signal::Signal};
    use nix::unistd::{Pid, getppid};

    let parent = Pid::this();
    // SAFETY: both calls are async-signal-safe, and nothing is allocated or locked.
    unsafe {
        command.pre_exec(move || {
            prctl::set_pdeathsig(Signal::SIGINT)?;
            // The parent may have gone before the wish was heard.
            if getppid() == parent { Ok(()) } else { Err(std::io::ErrorKind::Interrupted.into()) }
        });
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn stop_with_parent(_: &mut Command) {}

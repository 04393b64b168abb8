//! Tells cargo that the program holds the migrations, and when released the static files, so that a new one is a reason
//! to build again.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo:rerun-if-changed=static");
    }
}

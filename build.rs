//! Tells cargo that the program holds the migrations, so that a new one is a reason to build again.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}

//! Today: what to do now, one line after the other, and the week looked back on. It reads everything; what is put off or moved on
//! from is written by the room it belongs to.

pub mod agenda;
pub mod capture;
pub mod day;
pub mod done;
pub mod ends;
pub mod first_steps;
pub mod fits;
pub mod forms;
pub mod guide;
pub mod held_back;
pub mod introductions;
pub mod items;
pub mod lines;
pub mod move_ons;
pub mod notices;
pub mod openings;
pub mod page;
pub mod press;
pub mod promises;
pub mod putting_off;
pub mod queries;
pub mod review;
pub mod run;
pub mod skips;
pub mod snoozes;
pub mod weeks;

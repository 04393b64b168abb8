//! Inroad: interviews through people.
//!
//! The map of the house, in reading order.

// What everything stands on.
pub mod access;
pub mod address;
pub mod app;
pub mod clock;
pub mod config;
pub mod database;
pub mod error;
pub mod folding;
pub mod ids;
pub mod kinds;
pub mod links;
pub mod log;
pub mod mail;
pub mod notices;
pub mod text;

// The rules, pure.
pub mod playbook;

// What every page shares.
pub mod web;

// The rooms.
pub mod accounts;
pub mod api;
pub mod comments;
pub mod companies;
pub mod contacts;
pub mod documents;
pub mod export;
pub mod follow_up;
pub mod insights;
pub mod interviews;
pub mod introductions;
pub mod library;
pub mod offers;
pub mod openings;
pub mod progress;
pub mod referrals;
pub mod reminders;
pub mod search;
pub mod search_end;
pub mod suggestions;
pub mod today;
pub mod transfer;
pub mod trash;

// The way in.
pub mod commands;
pub mod demo;
pub mod health;
pub mod renewal;
pub mod routes;
pub mod server;

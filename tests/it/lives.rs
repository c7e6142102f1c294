//! The lives of a post and of its publication: every transition from every state, the waits between them, what a
//! fingerprint covers, and what no order of events can bring about.

mod drawing;
mod events;
mod given;
mod orders;
mod publications;
mod review;
mod revisions;
mod tables;
mod teams;
mod waits;
mod whole;

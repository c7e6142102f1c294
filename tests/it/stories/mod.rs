//! The stories: what people were promised, told from beginning to end through the real program.

mod accounts;
mod ahead;
mod bad_input;
mod breakers;
mod budgets;
mod bulk;
mod changes;
mod clock;
mod digests;
mod first_post;
mod forgetting;
mod lanes;
mod lapses;
mod lateness;
mod links;
mod rails;
mod restarts;
mod reviews;
mod rights;
mod tokens;
mod trouble;

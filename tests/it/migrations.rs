//! Migrations: the same numbers and the same columns on both engines, and every one of them over a database that is not
//! empty.

//! Every SQL statement in the program.

//! Every polite no, with its hint.

//! Who may judge, and what a verdict is.

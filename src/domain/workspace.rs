//! One team and its settings.

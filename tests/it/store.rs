//! The store, told on both engines: every story here runs on SQLite and, where there is one, on PostgreSQL.

mod altered;
mod budgets;
mod bytes;
mod claims;
mod forgetting;
pub(crate) mod given;
mod keys;
mod outbox;
mod pauses;
mod picks;
mod races;
mod rails;
mod reviews;
mod slots;
mod statements;
mod states;
mod story;
mod trail;
mod webhooks;

use greenroom::store::Store;

/// One engine with an empty database in its present schema.
pub(crate) struct Engine {
    pub(crate) store: Store,
    pub(crate) url: String,
    /// Swept when the engine goes.
    _folder: tempfile::TempDir,
}

/// SQLite, and PostgreSQL where there is one.
pub(crate) async fn engines() -> Vec<Engine> {
    let mut engines = Vec::new();
    for (url, folder) in empty_databases().await {
        let store = Store::open(&url).await.expect("an empty database opens");
        engines.push(Engine { store, url, _folder: folder });
    }
    engines
}

/// The addresses of databases nothing was ever written to, one for each engine, and a folder for each to live in.
pub(crate) async fn empty_databases() -> Vec<(String, tempfile::TempDir)> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let sqlite = format!("sqlite://{}", folder.path().join("greenroom.db").display());
    let mut databases = vec![(sqlite, folder)];
    if let Some(url) = crate::postgres::database().await {
        databases.push((url, tempfile::tempdir().expect("a folder can be made")));
    }
    databases
}

//! The database, the key that opens what is in it, and the accounts whose tokens are there.

use chrono::{DateTime, TimeDelta, Utc};

use super::Finding;
use crate::app::keys::said;
use crate::config::Config;
use crate::domain::account::{Account, Delivery, Health};
use crate::domain::creator::Scope;
use crate::domain::workspace::Workspace;
use crate::flows::keys::{KeyTrouble, Keys};
use crate::flows::rotate;
use crate::store::{KeyChange, Store};
use crate::vault::{Vault, VaultError};

/// How long before a connection ends somebody should know.
const SOON: TimeDelta = TimeDelta::days(14);

const DATABASE: &str = "database";
const KEY: &str = "encryption key";
const ACCOUNTS: &str = "TikTok accounts";

/// What was found, and the teams, if the database could be read.
pub(super) struct Stored {
    pub(super) findings: Vec<Finding>,
    pub(super) workspaces: Option<Vec<Workspace>>,
}

pub(super) async fn look(config: &Config, now: DateTime<Utc>) -> Stored {
    let vault = config.security.encryption_key.as_ref().map(Vault::new);
    let (mut findings, store) = database(config).await;
    let Some(store) = store else {
        findings.extend(vault.map(unproven));
        return Stored { findings, workspaces: None };
    };
    if let Some(vault) = vault {
        findings.extend(match vault {
            Ok(vault) => encryption_key(&store, &vault).await,
            bad @ Err(_) => vec![unproven(bad)],
        });
    }
    let workspaces = match store.workspaces().await {
        Ok(workspaces) => Some(workspaces),
        Err(error) => {
            findings.push(unreadable(error));
            None
        }
    };
    for workspace in workspaces.iter().flatten() {
        match store.accounts(workspace.id).await {
            Ok(accounts) => findings.extend(accounts.iter().map(|of| account(workspace, of, now))),
            Err(error) => findings.push(unreadable(error)),
        }
    }
    store.close().await;
    Stored { findings, workspaces }
}

/// The database, if it is in the schema this program reads.
async fn database(config: &Config) -> (Vec<Finding>, Option<Store>) {
    let store = match Store::open_unmigrated(config.database.url.expose()).await {
        Ok(store) => store,
        Err(error) => {
            let found = format!("{:#}", anyhow::Error::from(error));
            let advice = "check `database.url`, that its server runs, or that its folder can be written";
            return (vec![Finding::bad(DATABASE, found, advice)], None);
        }
    };
    let finding = match store.pending_migrations().await {
        Ok(pending) if pending.is_empty() => {
            let finding = Finding::good(DATABASE, format!("{} answers, up to date", store.engine()));
            return (vec![finding], Some(store));
        }
        Ok(pending) => Finding::notice(
            DATABASE,
            format!("{} answers; {} migrations are pending", store.engine(), pending.len()),
            "`greenroom migrate` applies them; `greenroom run` does so as well. What is in it was not checked",
        ),
        Err(error) => Finding::bad(
            DATABASE,
            format!("{:#}", anyhow::Error::from(error)),
            "its schema is newer than this program, or not Greenroom's: check `database.url`, or install the newer version",
        ),
    };
    store.close().await;
    (vec![finding], None)
}

fn unreadable(error: crate::store::Error) -> Finding {
    Finding::bad(DATABASE, format!("{:#}", anyhow::Error::from(error)), "restore a backup, or report this with the log")
}

/// A key that was held against nothing.
fn unproven(vault: Result<Vault, VaultError>) -> Finding {
    match vault {
        Ok(vault) => Finding::good(
            KEY,
            format!("key {} is one; whether it opens what is stored was not checked", vault.key_id()),
        ),
        Err(error) => Finding::bad(KEY, error.to_string(), "`greenroom key new` makes one"),
    }
}

async fn encryption_key(store: &Store, vault: &Vault) -> Vec<Finding> {
    let keys = Keys { store, vault };
    let opened = async {
        keys.check().await?;
        rotate::open_all(keys).await
    };
    let (count, closed) = match opened.await {
        Ok(found) => found,
        Err(KeyTrouble::Vault(trouble)) => {
            let advice =
                "put the right key into `security.encryption_key`; `greenroom run` refuses to start with this one";
            return vec![Finding::bad(KEY, said(&trouble), advice)];
        }
        Err(KeyTrouble::Store(error)) => return vec![unreadable(error)],
    };
    let mut findings = vec![Finding::good(KEY, format!("key {} opens {count} stored secrets", vault.key_id()))];
    findings.extend(closed.iter().map(|closed| {
        let advice = "it was altered or comes from elsewhere; an account's tokens come anew with `/account connect`";
        Finding::notice(KEY, format!("{} cannot be opened: {}", closed.at, closed.why), advice)
    }));
    match store.key_changes().await {
        Ok(changes) => findings.extend(changes.iter().filter_map(|change| unfinished(change, vault))),
        Err(error) => findings.push(unreadable(error)),
    }
    findings
}

/// What is left to do about a change of keys.
fn unfinished(change: &KeyChange, vault: &Vault) -> Option<Finding> {
    let (found, advice) = if change.retired_at.is_some() {
        return None;
    } else if change.resealed_at.is_none() {
        (
            format!(
                "not everything is sealed with key {} yet, which takes the place of key {}",
                change.new, change.old
            ),
            "run `greenroom key rotate` again with the settings it was begun with; it goes on where it ended",
        )
    } else if change.old == vault.key_id() {
        (
            format!("key {} in the settings was replaced by key {}", change.old, change.new),
            "put in the new key; `greenroom key rotate` says it again",
        )
    } else {
        (
            format!("key {}, which was replaced, can still open everything", change.old),
            "once every process runs with the new key, `greenroom key retire` ends that",
        )
    };
    Some(Finding::notice(KEY, found, advice))
}

/// Whether posts can be delivered to an account, and for how long.
fn account(workspace: &Workspace, account: &Account, now: DateTime<Utc>) -> Finding {
    const CONNECT: &str = "somebody who may manage the server runs `/account connect` and leaves every permission on";
    let name = format!("{}: {account}", workspace.name);
    let needed = match account.delivery {
        Delivery::Direct => Scope::VideoPublish,
        Delivery::Draft => Scope::VideoUpload,
    };
    let lacking: Vec<&str> = [Scope::UserInfoStats, Scope::VideoList]
        .into_iter()
        .filter(|one| !account.scopes.contains(*one))
        .map(Scope::wire)
        .collect();
    let ends = account.refresh_expires_at.format("%Y-%m-%d");
    if account.health == Health::NeedsReconnect || account.refresh_expires_at <= now {
        return Finding::notice(ACCOUNTS, format!("{name} has to be connected again; its posts wait"), CONNECT);
    }
    if !account.scopes.contains(needed) {
        let found = format!("{name} has not granted `{}`, so nothing can be delivered to it", needed.wire());
        return Finding::notice(ACCOUNTS, found, CONNECT);
    }
    if account.refresh_expires_at - now < SOON {
        return Finding::notice(ACCOUNTS, format!("{name}: its connection ends on {ends}"), CONNECT);
    }
    if !lacking.is_empty() {
        let found = format!("{name} can be posted to, but has not granted `{}` for its numbers", lacking.join("`, `"));
        return Finding::notice(ACCOUNTS, found, CONNECT);
    }
    let access =
        if account.needs_renewal(now) { "its token is renewed before it is used next" } else { "its token is fresh" };
    Finding::good(ACCOUNTS, format!("{name} can be posted to; {access}, and its connection lasts until {ends}"))
}

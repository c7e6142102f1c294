//! The audit trail, checked from the outside.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::store::{Store, TrailFlaw, TrailHead};

/// What was found about every workspace's trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// Nothing was altered anywhere.
    pub whole: bool,
    /// Each workspace's trail.
    pub trails: Vec<Trail>,
}

/// What was found about one trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    /// Whose.
    pub workspace: String,
    /// What the team calls itself.
    pub name: String,
    /// The number of the last entry.
    pub entries: i64,
    /// The hash that stands for all of them, in hex.
    pub head: String,
    /// What was done to it, in words.
    pub flaws: Vec<String>,
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for trail in &self.trails {
            let Trail { workspace, name, entries, head, flaws } = trail;
            let mark = if flaws.is_empty() { "ok  " } else { "BAD " };
            writeln!(f, "{mark}  {name} ({workspace}): {entries} entries, head {head}")?;
            flaws.iter().try_for_each(|flaw| writeln!(f, "      {flaw}"))?;
        }
        writeln!(f, "{}", if self.whole { "Nothing was altered." } else { "The audit trail was altered." })?;
        f.write_str(
            "Whoever may write to the whole database can make up a trail that fits. Keep an answer of `--json` where they \
             cannot reach it, and hold the trail against it with `--against`.",
        )
    }
}

/// Goes through every workspace's trail, and holds it against an earlier answer if there is one.
///
/// # Errors
/// When the database or the earlier answer cannot be read.
pub async fn verify_audit(config: &Config, against: Option<&Path>) -> anyhow::Result<Verified> {
    let mut noted = against.map(noted).transpose()?.unwrap_or_default();
    let store = Store::open_unmigrated(config.database.url.expose()).await.context("`database.url`")?;
    let mut trails = Vec::new();
    for workspace in store.workspaces().await? {
        let id = workspace.id.to_string();
        let earlier = noted.remove(&id).map(|(_, head)| head);
        let check = store.check_trail(workspace.id, earlier).await?;
        trails.push(Trail {
            workspace: id,
            name: workspace.name,
            entries: check.head.seq,
            head: hex::encode(check.head.hash),
            flaws: check.flaws.iter().map(TrailFlaw::to_string).collect(),
        });
    }
    store.close().await;
    // A team that was erased has no trail any more; whether it was erased by a manager is not written anywhere else.
    trails.extend(noted.into_iter().map(|(workspace, (name, head))| Trail {
        workspace,
        name,
        entries: 0,
        head: String::new(),
        flaws: vec![format!("the whole trail of {} entries is gone, and the team with it", head.seq)],
    }));
    Ok(Verified { whole: trails.iter().all(|trail| trail.flaws.is_empty()), trails })
}

/// The heads of an earlier answer, by workspace. What was altered then already says nothing.
fn noted(path: &Path) -> anyhow::Result<BTreeMap<String, (String, TrailHead)>> {
    let what = || format!("`--against`: {} is no answer of `greenroom audit verify --json`", path.display());
    let text = std::fs::read_to_string(path).with_context(|| format!("`--against`: cannot read {}", path.display()))?;
    let earlier: Verified = serde_json::from_str(&text).with_context(what)?;
    let mut heads = BTreeMap::new();
    for trail in earlier.trails.into_iter().filter(|trail| trail.flaws.is_empty()) {
        let mut hash = [0; 32];
        hex::decode_to_slice(&trail.head, &mut hash).with_context(what)?;
        heads.insert(trail.workspace, (trail.name, TrailHead { seq: trail.entries, hash }));
    }
    Ok(heads)
}

//! Troubles that do not come from TikTok: a database somebody else has locked, a Discord that is down.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use greenroom::sandbox::discord::{Discord, GatewayTrouble, RestTrouble};
use sqlx::{Connection as _, Executor as _, PgConnection, SqliteConnection};
use tokio::sync::RwLock;

use crate::chance::Chance;
use crate::pause;

/// What the outages and the rest of the run know of each other.
#[derive(Debug, Default)]
pub(crate) struct Outages {
    /// The strikes are over.
    pub(crate) over: AtomicBool,
    /// Held to read by whoever writes for the team, who must not meet a lock that is longer than a write waits.
    pub(crate) gate: RwLock<()>,
    /// Every post is handed in.
    pub(crate) handed_in: AtomicBool,
    /// The database is locked for longer than the program waits, so a worker may refuse to start.
    pub(crate) excused: AtomicBool,
    /// How often the database was locked, and how often for longer than the program waits.
    pub(crate) locks: AtomicUsize,
    pub(crate) long_locks: AtomicUsize,
}

/// How long the program waits for SQLite's lock.
const BUSY_FOR: Duration = Duration::from_secs(10);

/// Locks the database again and again, for 0.05 to 1.5 s; where a run is long enough for it, once for longer than the
/// program waits.
pub(crate) async fn lock(url: &str, seed: u64, is_long: bool, outages: &Outages) -> anyhow::Result<()> {
    let mut chance = Chance::new(seed, 4);
    let mut count = 0;
    while !outages.over.load(Ordering::Relaxed) {
        let rest = chance.millis(1_500..5_000);
        for _ in 0..rest.as_millis() / 50 {
            if !outages.over.load(Ordering::Relaxed) {
                pause(Duration::from_millis(50)).await;
            }
        }
        let _gate = outages.gate.write().await;
        let is_long = is_long && count == 5;
        let span = if is_long { BUSY_FOR + Duration::from_millis(800) } else { chance.millis(50..1_500) };
        outages.excused.store(is_long, Ordering::Relaxed);
        if hold(url, span).await.is_ok() {
            outages.locks.fetch_add(1, Ordering::Relaxed);
            outages.long_locks.fetch_add(usize::from(is_long), Ordering::Relaxed);
        }
        if is_long {
            // Whoever began to wait at the lock's end still refuses to start a moment later.
            pause(Duration::from_secs(2)).await;
            outages.excused.store(false, Ordering::Relaxed);
        }
        count += 1;
    }
    Ok(())
}

/// Holds the database's lock for a while. On PostgreSQL it is that of the table that is written most.
async fn hold(url: &str, span: Duration) -> anyhow::Result<()> {
    if url.starts_with("postgres") {
        let mut connection = PgConnection::connect(url).await?;
        connection.execute("BEGIN").await?;
        connection.execute("LOCK TABLE publications IN ACCESS EXCLUSIVE MODE").await?;
        pause(span).await;
        connection.execute("ROLLBACK").await?;
        return Ok(connection.close().await?);
    }
    let mut connection = SqliteConnection::connect(url).await?;
    connection.execute("BEGIN EXCLUSIVE").await?;
    pause(span).await;
    connection.execute("ROLLBACK").await?;
    Ok(connection.close().await?)
}

/// Makes sure that Discord has troubles ahead, and now and then cuts the gateway's line.
pub(crate) fn trouble_discord(discord: &Discord, chance: &mut Chance) {
    for ahead in 0..3 {
        let trouble = match chance.within(0..7) {
            0 | 1 => RestTrouble::CutAfter,
            2 => RestTrouble::CutBefore,
            3 => RestTrouble::Html(chance.one_of(&[500, 502, 503, 504])),
            4 => RestTrouble::RateLimited(0.2),
            5 => RestTrouble::SharedLimit(0.3),
            _ => RestTrouble::Slow(chance.millis(50..700)),
        };
        discord.fail("any", u32::try_from(ahead * 3 + chance.within(1..4)).unwrap_or(1), 1, trouble);
    }
    if chance.percent(30) {
        discord.gateway_trouble(match chance.within(0..5) {
            0 => GatewayTrouble::Cut,
            1 => GatewayTrouble::Reset,
            2 => GatewayTrouble::Reconnect,
            3 => GatewayTrouble::Close(Some(4_000)),
            _ => GatewayTrouble::InvalidSession(chance.percent(50)),
        });
    }
}

//! How long a claim takes with a thousand, a hundred thousand and a million posts scheduled, on both databases.
//!
//! `cargo bench --bench claims`. The promise is a ratio: at a million at most twice what it takes at a thousand. Of each
//! crowd either a thousand posts are due and the rest lies ahead, or all are due: what is due must not be sorted.

mod given;
#[path = "../tests/it/postgres.rs"]
mod postgres;

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use greenroom::domain::clock::{Clock as _, SystemClock};
use greenroom::store::{Errand, Store};

use given::{Crowd, percentile, say};

/// How often each is measured.
const TIMES: usize = 300;

const SIZES: [i64; 3] = [1_000, 100_000, 1_000_000];

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime can be had").block_on(measure());
}

async fn measure() {
    let folder = tempfile::tempdir().expect("a folder can be had");
    say(&format!("one claim of one publication, {TIMES} times each; the next wake in brackets; milliseconds"));
    for all_due in [false, true] {
        let which = if all_due { "all due" } else { "1,000 due" };
        let mut firsts = [None, None];
        for size in SIZES {
            let sqlite = format!("sqlite://{}/{size}-{all_due}.db", folder.path().display());
            let databases = [Some(("SQLite, synchronous full", sqlite)), own_postgres().await];
            for ((name, url), first) in databases.into_iter().flatten().zip(&mut firsts) {
                let store = Store::open(&url).await.expect("the database opens");
                Crowd::of(size, if all_due { size } else { 1_000 }).moves_in(&store, &url).await;
                let (claims, wakes) = claim_again_and_again(&store).await;
                let middle = percentile(&claims, 50);
                let ratio = middle / *first.get_or_insert(middle);
                say(&format!(
                    "{name:<28} {size:>9} posts, {which:<9}  p50 {middle:.3}  p99 {:.3}  ({:.3})  x{ratio:.2}",
                    percentile(&claims, 99),
                    percentile(&wakes, 50),
                ));
                store.close().await;
            }
        }
    }
}

async fn own_postgres() -> Option<(&'static str, String)> {
    Some(("PostgreSQL, fsync off", postgres::database().await?))
}

async fn claim_again_and_again(store: &Store) -> (Vec<Duration>, Vec<Duration>) {
    let (mut claims, mut wakes) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        let now = SystemClock.now();
        let begun = Instant::now();
        let claim = store.claim(Errand::Send, "bench", now, now + TimeDelta::seconds(30), 1).await;
        claims.push(begun.elapsed());
        let claim = claim.expect("it can be claimed").pop().expect("something is due");
        let begun = Instant::now();
        store.next_wake_for(Errand::Send).await.expect("it can be asked");
        wakes.push(begun.elapsed());
        let mut tx = store.begin().await.expect("a transaction begins");
        tx.release(&claim, &claim.publication).await.expect("it is let go of");
        tx.commit().await.expect("it is kept");
    }
    (claims, wakes)
}

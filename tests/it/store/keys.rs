//! Tokens and links to the consent page: sealed, versioned, single use.

use chrono::TimeDelta;
use greenroom::domain::account::{Account, Delivery, Health};
use greenroom::domain::ids::WorkspaceId;
use greenroom::store::{Consent, SealedTokens, Store, Tx};

use super::engines;
use super::given::{MIA, TEAM, Team, account, at};

async fn tokens(store: &Store) {
    let account = Team::moves_in(store).await.account;
    assert_eq!(store.sealed_tokens(account.id).await.unwrap(), None);
    let to_renew = async |minutes: i64| {
        let (ahead, idle, young) = (at(minutes + 10), at(minutes) - TimeDelta::hours(24), at(minutes - 5));
        store.accounts_to_renew(at(minutes), ahead, idle, young).await.unwrap()
    };
    assert!(to_renew(24 * 60).await.is_empty(), "there is nothing to renew");
    let given = async |tx: &mut Tx, access: &[u8], refresh: &[u8], minutes: i64, version: i64| {
        let account = Account {
            access_expires_at: at(minutes),
            refresh_expires_at: at(9000),
            renewed_at: at(0),
            ..account.clone()
        };
        let sealed = SealedTokens { access: access.to_vec(), refresh: refresh.to_vec(), version };
        tx.save_tokens(&account, &sealed).await
    };

    let mut tx = store.begin().await.unwrap();
    given(&mut tx, b"sealed one", b"sealed two", 100, 0).await.unwrap();
    tx.commit().await.unwrap();
    let kept = store.sealed_tokens(account.id).await.unwrap().unwrap();
    assert_eq!(
        (kept.access.as_slice(), kept.refresh.as_slice(), kept.version),
        (&b"sealed one"[..], &b"sealed two"[..], 1)
    );
    assert!(!format!("{kept:?}").contains("115"), "not even sealed bytes are shown");
    let ends = store.account(account.id).await.unwrap().unwrap();
    assert_eq!((ends.access_expires_at, ends.refresh_expires_at), (at(100), at(9000)));
    assert!(to_renew(60).await.is_empty(), "nobody needs it");
    assert_eq!(to_renew(24 * 60).await, vec![ends.clone()], "it lay idle for a day");

    // Of two renewals that read the same version, the second comes too late.
    let mut tx = store.begin().await.unwrap();
    given(&mut tx, b"a", b"b", 200, 1).await.unwrap();
    assert!(given(&mut tx, b"c", b"d", 200, 1).await.unwrap_err().is_stale());
    tx.commit().await.unwrap();
    assert_eq!(store.sealed_tokens(account.id).await.unwrap().unwrap().access, b"a");

    // So does one that comes after they were forgotten.
    let mut tx = store.begin().await.unwrap();
    tx.forget_tokens(account.id).await.unwrap();
    tx.save_account(&Account { health: Health::Disconnected, ..ends }).await.unwrap();
    assert!(given(&mut tx, b"e", b"f", 200, 2).await.unwrap_err().is_stale());
    tx.commit().await.unwrap();
    assert_eq!(store.sealed_tokens(account.id).await.unwrap(), None);
    assert!(store.accounts(TEAM).await.unwrap().is_empty());
}

#[tokio::test]
async fn tokens_are_renewed_by_one_at_a_time_and_forgotten_for_good() {
    for engine in engines().await {
        tokens(&engine.store).await;
        engine.store.close().await;
    }
}

async fn one_team_at_a_time(store: &Store) {
    const NEIGHBOURS: WorkspaceId = WorkspaceId(8);
    let ours = Team::moves_in(store).await.account;
    let theirs = account(NEIGHBOURS, &ours.open_id, "harbour.cafe");
    let mut tx = store.begin().await.unwrap();
    tx.ensure_workspace(NEIGHBOURS, "Next door", at(0)).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    assert!(tx.save_account(&theirs).await.is_err());
    drop(tx);

    let gone = Account { health: Health::Disconnected, ..ours.clone() };
    let mut tx = store.begin().await.unwrap();
    tx.save_account(&gone).await.unwrap();
    assert_eq!(tx.account_by_open_id(&ours.open_id).await.unwrap(), Some(gone));
    tx.save_account(&theirs).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.account_by_open_id(&ours.open_id).await.unwrap(), Some(theirs));
}

#[tokio::test]
async fn a_tiktok_account_belongs_to_one_team_at_a_time() {
    for engine in engines().await {
        one_team_at_a_time(&engine.store).await;
        engine.store.close().await;
    }
}

async fn consents(store: &Store) {
    Team::moves_in(store).await;
    let consent = Consent {
        workspace: TEAM,
        member: MIA,
        member_name: "mia".into(),
        delivery: Delivery::Draft,
        sealed_verifier: Some(vec![1, 2, 255]),
        expires_at: at(10),
    };
    let plain = Consent { sealed_verifier: None, ..consent.clone() };
    let mut tx = store.begin().await.unwrap();
    tx.add_consent([1; 32], &consent).await.unwrap();
    tx.add_consent([2; 32], &plain).await.unwrap();
    assert_eq!(tx.use_consent([3; 32], at(1)).await.unwrap(), None, "never given out");
    assert_eq!(tx.use_consent([1; 32], at(9)).await.unwrap(), Some(consent));
    assert_eq!(tx.use_consent([1; 32], at(9)).await.unwrap(), None, "used before");
    assert_eq!(tx.use_consent([2; 32], at(10)).await.unwrap(), None, "too old");
    assert_eq!(tx.forget_consents(at(11)).await.unwrap(), 2);
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_link_to_the_consent_page_works_once_and_for_ten_minutes() {
    for engine in engines().await {
        consents(&engine.store).await;
        engine.store.close().await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_but_its_owner_reads_the_database_file() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("greenroom.db");
    let store = Store::open(&format!("sqlite://{}", path.display())).await.unwrap();
    Team::moves_in(&store).await;
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let rights = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(rights, 0o600, "{}", entry.path().display());
        names.push(entry.file_name());
    }
    names.sort();
    assert_eq!(names, ["greenroom.db", "greenroom.db-shm", "greenroom.db-wal"]);
}

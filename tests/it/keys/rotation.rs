//! Changing the key over rows that others write meanwhile, on both engines.

use greenroom::domain::account::Account;
use greenroom::domain::clock::{Clock as _, SystemClock};
use greenroom::domain::ids::AccountId;
use greenroom::domain::post::PostState;
use greenroom::domain::publication::{PublicationStage, PublicationState, Stage, Upload};
use greenroom::flows::keys::{KeyTrouble, Keys};
use greenroom::flows::rotate::{Walk, begin, open_all, retire, rotate, step};
use greenroom::store::{Consent, SealedColumn, SealedTokens, Store};
use greenroom::vault::{Place, Vault, VaultError};
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::{Connection as _, Executor as _, Row as _, SqliteConnection};

use crate::store::engines;
use crate::store::given::{MIA, TEAM, Team, account, at, attempt, publication, upload};

fn new_key() -> SecretString {
    Vault::generate_key().into()
}

fn vault(key: &SecretString) -> Vault {
    Vault::new(key).unwrap()
}

/// What a process was started with.
fn keys<'a>(store: &'a Store, vault: &'a Vault) -> Keys<'a> {
    Keys { store, vault }
}

/// Renews an account's tokens the way `flows::tokens` does: seals, then writes if nobody was faster.
async fn renews(keys: Keys<'_>, account: &Account, text: &str) {
    let row = account.id.to_string();
    let place = |column| Place { table: "accounts", column, row: &row };
    let version = keys.store.read().await.unwrap().token_version(account.id).await.unwrap();
    let access = keys.seal(place("access_token"), &format!("act.{text}").into()).await;
    let refresh = keys.seal(place("refresh_token"), &format!("rft.{text}").into()).await;
    let mut tx = keys.store.begin().await.unwrap();
    tx.save_tokens(account, &SealedTokens { access, refresh, version }).await.unwrap();
    tx.commit().await.unwrap();
}

async fn tokens(keys: Keys<'_>, account: AccountId) -> (String, String) {
    let row = account.to_string();
    let sealed = keys.store.sealed_tokens(account).await.unwrap().unwrap();
    let access = Place { table: "accounts", column: "access_token", row: &row };
    let refresh = Place { table: "accounts", column: "refresh_token", row: &row };
    let access = keys.open(access, &sealed.access).await.expect("a token always opens");
    let refresh = keys.open(refresh, &sealed.refresh).await.expect("a token always opens");
    (access.expose_secret().to_owned(), refresh.expose_secret().to_owned())
}

/// A team with so many accounts that their tokens do not fit into one transaction of a rotation, a link to the consent
/// page, and an upload under way.
async fn has_secrets(keys: Keys<'_>) -> Vec<Account> {
    let store = keys.store;
    let team = Team::moves_in(store).await;
    let mut accounts = vec![team.account.clone()];
    for number in 0..119 {
        accounts.push(account(TEAM, &format!("open-{number}"), &format!("cafe.{number}")));
    }
    let mut tx = store.begin().await.unwrap();
    for account in &accounts {
        tx.save_account(account).await.unwrap();
    }
    let row = hex::encode([0xab; 32]);
    let verifier = keys.seal(Place { table: "consents", column: "verifier", row: &row }, &"verified".into()).await;
    let consent = Consent {
        workspace: TEAM,
        member: MIA,
        member_name: "mia".into(),
        delivery: greenroom::domain::account::Delivery::Direct,
        sealed_verifier: Some(verifier),
        expires_at: at(10),
    };
    tx.add_consent([0xab; 32], &consent).await.unwrap();
    tx.commit().await.unwrap();
    for account in &accounts {
        renews(keys, account, "first").await;
    }
    accounts
}

async fn nothing_is_sealed_but_with(key: &SecretString, store: &Store) {
    let mark = vault(key).present_key_mark();
    for column in SealedColumn::ALL {
        assert_eq!(store.sealed_blobs(column, &mark, "", 9).await.unwrap(), [], "sealed with another key");
    }
}

#[tokio::test]
async fn a_key_is_changed_while_a_running_process_renews_tokens() {
    for engine in engines().await {
        let (store, old_key) = (&engine.store, new_key());
        // Two processes that were started with the old key, and the command beside them.
        let (writer, reader, command) = (vault(&old_key), vault(&old_key), vault(&old_key));
        let accounts = has_secrets(keys(store, &writer)).await;
        let busy = async {
            for round in 0..40 {
                let account = &accounts[round % 7];
                renews(keys(store, &writer), account, &format!("{round}")).await;
                let read = tokens(keys(store, &reader), account.id).await;
                assert_eq!(read, (format!("act.{round}"), format!("rft.{round}")), "never an older one");
            }
        };
        let ((), rotated) = tokio::join!(busy, rotate(keys(store, &command), SystemClock.now()));
        assert!(rotated.unwrap().closed.is_empty());
        assert_ne!(command.present_key_id(), command.key_id());

        // What was on its way while the rows were gone through is found by the next run, which makes no other key.
        let again = vault(&old_key);
        rotate(keys(store, &again), SystemClock.now()).await.unwrap();
        assert_eq!(again.present_key_id(), command.present_key_id());
        nothing_is_sealed_but_with(&command.present_key(), store).await;
        for (number, account) in accounts.iter().enumerate() {
            let last = (0..40).rev().find(|round| round % 7 == number).map_or("first".into(), |r| r.to_string());
            let read = tokens(keys(store, &reader), account.id).await;
            assert_eq!(read, (format!("act.{last}"), format!("rft.{last}")));
        }
        store.close().await;
    }
}

#[tokio::test]
async fn a_process_that_writes_on_under_the_old_key_is_noticed() {
    let engine = &engines().await[0];
    let (store, old_key) = (&engine.store, new_key());
    let running = vault(&old_key);
    has_secrets(keys(store, &running)).await;
    let mut outside = SqliteConnection::connect(&engine.url).await.unwrap();
    let writes_back = "CREATE TRIGGER writes_back AFTER UPDATE OF sealed_access_token ON accounts BEGIN \
                       UPDATE accounts SET sealed_access_token = OLD.sealed_access_token WHERE id = NEW.id; END";
    outside.execute(writes_back).await.unwrap();

    let rotated = rotate(keys(store, &vault(&old_key)), SystemClock.now()).await.unwrap();
    assert!(rotated.restless && !rotated.is_whole());
    assert_eq!(store.key_changes().await.unwrap()[0].resealed_at, None, "it is not over");

    outside.execute("DROP TRIGGER writes_back").await.unwrap();
    assert!(rotate(keys(store, &vault(&old_key)), SystemClock.now()).await.unwrap().is_whole());
    assert!(store.key_changes().await.unwrap()[0].resealed_at.is_some());
    outside.close().await.unwrap();
    store.close().await;
}

#[tokio::test]
async fn a_rotation_that_dies_in_between_leaves_everything_open_and_the_next_goes_on() {
    for engine in engines().await {
        let (store, old_key) = (&engine.store, new_key());
        let running = vault(&old_key);
        let accounts = has_secrets(keys(store, &running)).await;
        let dies = vault(&old_key);
        begin(keys(store, &dies), SystemClock.now()).await.unwrap();
        let mut walk = Walk::default();
        assert!(step(keys(store, &dies), &mut walk).await.unwrap());
        let new = dies.present_key_id();
        let both = store.key_marks().await.unwrap();
        assert_eq!(both.len(), 2, "it died half way");
        drop(dies);

        // One that runs, one that is started with the old key, and one with the new.
        let started = vault(&old_key);
        for process in [&running, &started] {
            for account in &accounts {
                tokens(keys(store, process), account.id).await;
            }
        }
        let (opened, closed) = open_all(keys(store, &started)).await.unwrap();
        assert_eq!((opened, closed), (2 * 120 + 1, Vec::new()));

        let next = vault(&old_key);
        let rotated = rotate(keys(store, &next), SystemClock.now()).await.unwrap();
        assert_eq!((rotated.count, next.present_key_id()), (2 * 120 + 1 - 50, new));
        nothing_is_sealed_but_with(&next.present_key(), store).await;
        assert!(store.key_changes().await.unwrap()[0].resealed_at.is_some());
        store.close().await;
    }
}

#[tokio::test]
async fn a_token_that_was_renewed_in_between_is_not_overwritten() {
    for engine in engines().await {
        let (store, old_key) = (&engine.store, new_key());
        let running = vault(&old_key);
        let account = &has_secrets(keys(store, &running)).await[0];
        let read = store.sealed_blobs(SealedColumn::RefreshToken, &[], "", 1).await.unwrap().remove(0);
        renews(keys(store, &running), account, "renewed").await;
        let renewed = store.sealed_tokens(account.id).await.unwrap().unwrap();

        let mut tx = store.begin().await.unwrap();
        let of_account = greenroom::store::SealedBlob { row: account.id.to_string(), ..read };
        assert!(!tx.reseal(&of_account, b"an older token").await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(store.sealed_tokens(account.id).await.unwrap().unwrap(), renewed);
        store.close().await;
    }
}

#[tokio::test]
async fn a_worker_in_mid_upload_does_not_write_the_address_back_as_it_read_it() {
    for engine in engines().await {
        let (store, old_key) = (&engine.store, new_key());
        let running = vault(&old_key);
        let team = Team::moves_in(store).await;
        let post = team.post(1, PostState::Approved { at: at(0) });
        let mut tried = attempt(1, Stage::Opening);
        let row = tried.id.to_string();
        let place = Place { table: "attempts", column: "upload_url", row: &row };
        let upload =
            Upload { sealed_url: running.seal(place, &"https://upload.example/1".into()), ..upload("v_pub_file~1") };
        tried.stage = Stage::Uploading { upload, sent_bytes: 0 };
        let held = publication(&post, PublicationState::Publishing { attempt: tried, resume_at: at(60) });
        let mut tx = store.begin().await.unwrap();
        tx.add_post(&post).await.unwrap();
        tx.add_publication(&held).await.unwrap();
        tx.commit().await.unwrap();

        let command = vault(&old_key);
        assert_eq!(rotate(keys(store, &command), SystemClock.now()).await.unwrap().count, 1);
        let mut tx = store.begin().await.unwrap();
        tx.save_unclaimed(&held, PublicationStage::Publishing).await.unwrap();
        tx.commit().await.unwrap();
        nothing_is_sealed_but_with(&command.present_key(), store).await;
        let read = store.publication(held.id).await.unwrap().unwrap();
        let sealed = &read.attempt().unwrap().stage.upload().unwrap().sealed_url;
        let address = keys(store, &running).open(place, sealed).await.unwrap();
        assert_eq!(address.expose_secret(), "https://upload.example/1");
        store.close().await;
    }
}

#[tokio::test]
async fn a_replaced_key_is_retired_only_when_the_settings_name_the_new_one() {
    for engine in engines().await {
        let (store, old_key) = (&engine.store, new_key());
        let first = vault(&old_key);
        has_secrets(keys(store, &first)).await;
        rotate(keys(store, &first), SystemClock.now()).await.unwrap();
        let second_key = first.present_key();
        let second = vault(&second_key);
        let refused = retire(keys(store, &first), SystemClock.now()).await.unwrap_err();
        assert!(matches!(refused, KeyTrouble::Vault(VaultError::Replaced { .. })), "{refused}");

        // With the new key in the settings another change can begin before the first is over.
        rotate(keys(store, &second), SystemClock.now()).await.unwrap();
        keys(store, &first).check().await.unwrap();
        assert_eq!(first.present_key_id(), second.present_key_id());
        let third = vault(&second.present_key());
        assert_eq!(retire(keys(store, &third), SystemClock.now()).await.unwrap().0, 2);
        assert_eq!(retire(keys(store, &third), SystemClock.now()).await.unwrap().0, 0);
        for key in [&old_key, &second_key] {
            let late = vault(key);
            let checked = keys(store, &late).check().await;
            assert!(matches!(checked, Err(KeyTrouble::Vault(VaultError::Replaced { .. }))), "{checked:?}");
        }
        assert!(open_all(keys(store, &third)).await.unwrap().1.is_empty());
        store.close().await;
    }
}

#[tokio::test]
async fn what_cannot_be_opened_is_named_and_stays_as_it_is() {
    for engine in engines().await {
        let (store, old_key) = (&engine.store, new_key());
        let command = vault(&old_key);
        let accounts = has_secrets(keys(store, &command)).await;
        let moved = store.sealed_tokens(accounts[1].id).await.unwrap().unwrap();
        let mut tx = store.begin().await.unwrap();
        tx.save_tokens(&accounts[0], &moved).await.unwrap();
        tx.commit().await.unwrap();

        let rotated = rotate(keys(store, &command), SystemClock.now()).await.unwrap();
        let named: Vec<_> = rotated.closed.iter().map(|closed| (closed.at.as_str(), &closed.why)).collect();
        let (access, refresh) =
            (format!("accounts {} access_token", accounts[0].id), format!("accounts {} refresh_token", accounts[0].id));
        assert_eq!(named, [(access.as_str(), &VaultError::Altered), (refresh.as_str(), &VaultError::Altered)]);
        assert_eq!(store.sealed_tokens(accounts[0].id).await.unwrap().unwrap().access, moved.access);
        assert_eq!(store.key_changes().await.unwrap()[0].resealed_at, None);
        store.close().await;
    }
}

#[tokio::test]
async fn every_sealed_column_of_the_schema_is_sealed_anew() {
    let engine = &engines().await[0];
    let mut connection = SqliteConnection::connect(&engine.url).await.unwrap();
    let sql = "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
               WHERE m.type = 'table' AND c.name LIKE 'sealed%' ORDER BY 1";
    let rows = connection.fetch_all(sql).await.unwrap();
    let there: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let mut known = SealedColumn::ALL.map(|column| format!("{}.sealed_{}", column.table(), column.name()));
    known.sort();
    assert_eq!(there, known);
}

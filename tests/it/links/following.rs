//! A link is followed to good and bad servers.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use greenroom::domain::ids::WorkspaceId;
use greenroom::media::fetch::FetchError;
use greenroom::media::fetch::guard::Unfit;
use greenroom::media::fetch::link::{Internet, LinkError, Links};
use greenroom::media::{Staged, probe};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use url::Url;

use super::town::{CLIP, Does, PUBLIC, Town};

/// Long enough for whatever happens at all.
const LONG: Duration = Duration::from_secs(90);
/// Long enough for what never happens.
const SHORT: Duration = Duration::from_millis(60);

/// What the server does with a path.
pub(super) fn what(path: &str) -> Does {
    let (path, _) = path.split_once('?').unwrap_or((path, ""));
    let says = |head: &str, body: &[u8]| Does::Says([head.as_bytes(), b"\r\n\r\n", body].concat());
    let to = |place: &str| says(&format!("HTTP/1.1 302 Found\r\ncontent-length: 0\r\nlocation: {place}"), b"");
    let ok = "HTTP/1.1 200 OK\r\ncontent-type: video/mp4";
    let whole = format!("{ok}\r\ncontent-length: {}", CLIP.len());
    if let Some(left) = path.strip_prefix("/again/").and_then(|left| left.parse::<u32>().ok()) {
        return to(&left.checked_sub(1).map_or("/latte.mp4".to_owned(), |left| format!("/again/{left}")));
    }
    if let Some(status) = path.strip_prefix("/status/") {
        return says(&format!("HTTP/1.1 {status} Ask\r\ncontent-length: 26"), b"@everyone <script>secret</");
    }
    match path {
        "/latte.mp4" => says(&whole, CLIP),
        "/loop" => to("/loop"),
        "/to/http" => to("http://videos.example.com/latte.mp4"),
        "/to/private" => to("https://10.0.0.1/latte.mp4"),
        "/to/metadata" => to("https://169.254.169.254/latest/meta-data/"),
        "/to/mapped" => to("https://[::ffff:127.0.0.1]/"),
        "/to/localhost" => to("https://localhost/"),
        "/to/decimal" => to("//2130706433/"),
        "/to/inside" => to("https://inside.example.com/latte.mp4"),
        "/to/port" => to("https://videos.example.com:8443/latte.mp4"),
        "/to/user" => to("https://mia:secret@videos.example.com/latte.mp4"),
        "/to/file" => to("file:///etc/passwd"),
        "/to/data" => to("data:video/mp4;base64,AAAA"),
        "/to/nowhere" => says("HTTP/1.1 302 Found\r\ncontent-length: 0", b""),
        "/to/noise" => says("HTTP/1.1 302 Found\r\ncontent-length: 0\r\nlocation: https://\u{1}[", b""),
        "/page" => says("HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: 6", b"<html>"),
        "/packed" => says(&format!("{whole}\r\ncontent-encoding: gzip"), CLIP),
        "/announces-more" => says(&format!("{ok}\r\ncontent-length: 90000"), CLIP),
        "/announces-less" => says(&format!("{ok}\r\ncontent-length: 9000"), CLIP),
        "/announces-too-much" => says(&format!("{ok}\r\ncontent-length: 5000000000"), CLIP),
        "/ends-early" => says(&format!("{ok}\r\ntransfer-encoding: chunked"), b"4\r\nhalf\r\n"),
        "/not-a-video" => says(&format!("{ok}\r\ncontent-length: 26"), b"no video, but @everyone ok"),
        "/endless" => Does::Repeats(format!("{ok}\r\n\r\n").into(), vec![0; 65_536]),
        "/silent" => Does::FallsSilent(Vec::new()),
        "/drips" => Does::FallsSilent(format!("{whole}\r\n\r\nhalf").into()),
        "/noise" => Does::Says(b"\0\0\0 no HTTP at all \r\n\r\n".to_vec()),
        other => panic!("nothing is at {other}"),
    }
}

async fn fetched(town: &Arc<Town>, link: &str, within: Duration, staging: &TempDir) -> Result<Staged, LinkError> {
    let links = Links::on(Arc::clone(town) as Arc<dyn Internet>).unwrap();
    links.fetch(WorkspaceId(1), &Url::parse(link).unwrap(), (1_000_000, within), staging.path(), |_, _| {}).await
}

/// The refusal of a link; nothing is left behind, and nothing secret or said by the server is in it.
async fn refused_within(town: &Arc<Town>, link: &str, within: Duration) -> LinkError {
    let staging = TempDir::new().unwrap();
    let error = fetched(town, link, within, &staging).await.expect_err(link);
    assert_eq!(fs::read_dir(staging.path()).unwrap().count(), 0, "{link}");
    assert!(!error.hint().is_empty());
    for said in [error.to_string(), error.hint(), format!("{error:?}")] {
        assert!(!said.contains("secret") && !said.contains("everyone"), "{link}: {said}");
    }
    error
}

async fn refused(town: &Arc<Town>, path: &str) -> LinkError {
    refused_within(town, &format!("https://videos.example.com{path}"), LONG).await
}

#[tokio::test]
async fn a_good_link_brings_exactly_its_bytes() {
    let (town, staging) = (Town::open().await, TempDir::new().unwrap());
    let link = "https://videos.example.com/latte.mp4?signature=secret#t=3";
    let staged = fetched(&town, link, LONG, &staging).await.unwrap();
    assert_eq!(fs::read(&staged.path).unwrap(), CLIP);
    assert_eq!(staged.sha256, <[u8; 32]>::from(Sha256::digest(CLIP)));
    probe::probe_path(&staged.path).await.unwrap();

    let [head] = &town.heads()[..] else { panic!("one request: {:?}", town.heads()) };
    let head = head.to_lowercase();
    assert!(head.starts_with("get /latte.mp4?signature=secret http/1.1\r\n"), "{head}");
    assert!(head.contains("\r\naccept-encoding: identity\r\n"), "{head}");
    for unasked in ["referer", "cookie", "authorization"] {
        assert!(!head.contains(unasked), "{head}");
    }
}

#[tokio::test]
async fn a_link_leads_on_three_times_and_no_more() {
    let (town, staging) = (Town::open().await, TempDir::new().unwrap());
    fetched(&town, "https://videos.example.com/again/2", LONG, &staging).await.unwrap();
    assert_eq!(town.heads().len(), 4);
    for path in ["/again/3", "/loop"] {
        let error = refused(&town, path).await;
        assert!(matches!(error, LinkError::TooManyRedirects), "{path}: {error:?}");
    }
    assert_eq!(town.heads().len(), 12);
}

#[tokio::test]
async fn a_redirect_is_checked_like_the_link_itself() {
    let town = Town::open().await;
    for (path, why) in [
        ("/to/http", Unfit::NotHttps),
        ("/to/private", Unfit::NotPublic),
        ("/to/metadata", Unfit::NotPublic),
        ("/to/mapped", Unfit::NotPublic),
        ("/to/decimal", Unfit::NotPublic),
        ("/to/localhost", Unfit::LocalName),
        ("/to/port", Unfit::Port),
        ("/to/user", Unfit::Credentials),
        ("/to/file", Unfit::NotHttps),
        ("/to/data", Unfit::NotHttps),
        ("/to/nowhere", Unfit::OddHost),
    ] {
        let error = refused(&town, path).await;
        assert!(matches!(error, LinkError::LeadsAstray(found) if found == why), "{path}: {error:?}");
    }
    town.calls("inside.example.com", &[&["192.168.1.10"]]);
    let error = refused(&town, "/to/inside").await;
    assert!(matches!(&error, LinkError::NoServer { host } if host == "inside.example.com"), "{error:?}");
    assert_eq!(town.heads().len(), 12);
    assert!(town.connected_to().iter().all(|address| address.to_string() == PUBLIC));
    refused(&town, "/to/noise").await;
}

#[tokio::test]
async fn a_name_that_leads_to_public_and_private_addresses_is_not_followed() {
    let town = Town::open().await;
    for (name, answers) in [
        ("both.example.com", &[PUBLIC, "127.0.0.1"][..]),
        ("other-way-round.example.com", &["10.0.0.1", PUBLIC]),
        ("six.example.com", &["2606:4700::1", "fd00:ec2::254"]),
        ("mapped.example.com", &[PUBLIC, "::ffff:10.0.0.1"]),
        ("cloud.example.com", &["168.63.129.16"]),
        ("nobody.example.com", &[]),
    ] {
        town.calls(name, &[answers]);
        let error = refused_within(&town, &format!("https://{name}/latte.mp4"), LONG).await;
        assert_eq!(error.to_string(), format!("There is no public server called `{name}`."));
    }
    assert!(town.heads().is_empty() && town.connected_to().is_empty());
}

#[tokio::test]
async fn a_name_that_changes_its_mind_is_never_believed() {
    let town = Town::open().await;
    town.calls("rebound.example.com", &[&[PUBLIC], &["127.0.0.1"]]);
    let staging = TempDir::new().unwrap();
    fetched(&town, "https://rebound.example.com/latte.mp4", LONG, &staging).await.unwrap();
    // One look-up, and what it said is what was connected to.
    assert_eq!(town.looked_up(), ["rebound.example.com"]);
    assert_eq!(town.connected_to(), [PUBLIC.parse::<std::net::IpAddr>().unwrap()]);

    // A redirect to the same name is a connection of its own, and is looked up and checked again.
    town.calls("rebound.example.com", &[&[PUBLIC], &["127.0.0.1"]]);
    let error = refused_within(&town, "https://rebound.example.com/again/0", LONG).await;
    assert!(matches!(error, LinkError::NoServer { .. }), "{error:?}");
    assert_eq!(town.connected_to().len(), 2);
}

#[tokio::test]
async fn what_a_server_says_instead_of_a_file_is_told_in_our_words() {
    let town = Town::open().await;
    for (status, is_final) in
        [(204, false), (206, false), (304, false), (401, true), (404, true), (410, true), (429, false), (503, false)]
    {
        let error = refused(&town, &format!("/status/{status}")).await;
        match error {
            LinkError::Refused { status: told } => assert!(is_final && told == status, "{status}"),
            LinkError::Unavailable { status: told } => assert!(!is_final && told == status, "{status}"),
            other => panic!("{status}: {other:?}"),
        }
    }
    assert!(matches!(refused(&town, "/page").await, LinkError::NotAFile));
    assert!(matches!(refused(&town, "/packed").await, LinkError::Packed));
    assert!(matches!(refused(&town, "/noise?signature=secret").await, LinkError::Unreachable(_)));
}

#[tokio::test]
async fn a_server_that_lies_about_the_size_brings_nothing() {
    let town = Town::open().await;
    let error = refused(&town, "/announces-more").await;
    assert!(matches!(error, LinkError::NotTaken(FetchError::CutShort { .. })), "{error:?}");
    let error = refused(&town, "/ends-early").await;
    assert!(matches!(error, LinkError::NotTaken(FetchError::CutShort { received_bytes: 4 })), "{error:?}");
    let error = refused(&town, "/announces-too-much").await;
    let too_big = LinkError::NotTaken(FetchError::TooBig { stated_bytes: Some(5_000_000_000), max_bytes: 1_000_000 });
    assert_eq!(error.to_string(), too_big.to_string());
    let error = refused(&town, "/endless").await;
    assert!(matches!(error, LinkError::NotTaken(FetchError::TooBig { stated_bytes: None, .. })), "{error:?}");

    // What is cut off to fit the lie is no whole video, and is found out as one that was handed in so.
    let staging = TempDir::new().unwrap();
    let staged = fetched(&town, "https://videos.example.com/announces-less", LONG, &staging).await.unwrap();
    assert_eq!(staged.size_bytes, 9_000);
    probe::probe_path(&staged.path).await.unwrap_err();
}

#[tokio::test]
async fn a_server_that_keeps_us_waiting_is_given_up() {
    let town = Town::open().await;
    for path in ["/silent", "/drips"] {
        let error = refused_within(&town, &format!("https://videos.example.com{path}"), SHORT).await;
        assert!(matches!(error, LinkError::TooSlow), "{path}: {error:?}");
    }
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_is_not_asked() {
    let town = Town::open().await;
    let error = refused_within(&town, "https://videos.example.org/latte.mp4?signature=secret", LONG).await;
    assert!(matches!(error, LinkError::Unreachable(_)), "{error:?}");
    assert!(town.heads().is_empty());
}

#[tokio::test]
async fn strangers_servers_never_fill_more_than_a_few_places_nor_one_team_all_of_them() {
    let town = Town::open().await;
    let links = Links::on(Arc::clone(&town) as Arc<dyn Internet>).unwrap();
    let (staging, silent) = (TempDir::new().unwrap(), Url::parse("https://videos.example.com/silent").unwrap());
    let fetch = |team| links.fetch(WorkspaceId(team), &silent, (1_000_000, SHORT), staging.path(), |_, _| {});
    let came = join_all([1, 1, 1, 1, 1, 2, 2, 3, 3, 4].map(fetch)).await;
    let crowded = came.iter().map(|came| matches!(came, Err(LinkError::Crowded))).collect::<Vec<_>>();
    assert_eq!(crowded, [false, false, false, false, true, false, false, false, false, true], "{came:?}");
    // Whoever is done makes room.
    let good = Url::parse("https://videos.example.com/latte.mp4").unwrap();
    links.fetch(WorkspaceId(1), &good, (1_000_000, LONG), staging.path(), |_, _| {}).await.unwrap();
}

#[tokio::test]
async fn a_trial_follows_no_link() {
    let staging = TempDir::new().unwrap();
    let link = Url::parse("https://videos.example.com/latte.mp4").unwrap();
    let error =
        Links::none().fetch(WorkspaceId(1), &link, (1_000_000, LONG), staging.path(), |_, _| {}).await.unwrap_err();
    assert!(matches!(error, LinkError::NoInternet), "{error:?}");
}

//! All the ways to write an address that must not be asked, and what no text at all can do.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use greenroom::domain::ids::WorkspaceId;
use greenroom::media::fetch::Origins;
use greenroom::media::fetch::guard::Unfit::{Credentials, LocalName, NotHttps, NotPublic, Numbered, OddHost, Port};
use greenroom::media::fetch::guard::{Unfit, check, is_public};
use greenroom::media::fetch::link::{Internet, LinkError, Links};
use proptest::prelude::*;
use tempfile::TempDir;
use url::Url;

use super::Town;

/// Links that are refused before anybody is asked anything, each with the reason.
const REFUSED: &[(&str, Unfit)] = &[
    // Schemes.
    ("http://videos.example.com/latte.mp4", NotHttps),
    ("ftp://videos.example.com/latte.mp4", NotHttps),
    ("file:///etc/passwd", NotHttps),
    ("file://videos.example.com/latte.mp4", NotHttps),
    ("data:video/mp4;base64,AAAA", NotHttps),
    ("gopher://127.0.0.1:6379/_FLUSHALL", NotHttps),
    ("javascript:alert(1)", NotHttps),
    ("unix:/var/run/docker.sock", NotHttps),
    ("ws://videos.example.com/", NotHttps),
    ("blob:https://videos.example.com/1", NotHttps),
    // Names and passwords.
    ("https://mia@videos.example.com/", Credentials),
    ("https://mia:secret@videos.example.com/", Credentials),
    ("https://videos.example.com@127.0.0.1/", Credentials),
    ("https://:secret@videos.example.com/", Credentials),
    ("https://videos.example.com%2f@127.0.0.1/", Credentials),
    // Ports.
    ("https://videos.example.com:80/", Port),
    ("https://videos.example.com:22/", Port),
    ("https://videos.example.com:8443/", Port),
    ("https://videos.example.com:0/", Port),
    // This machine.
    ("https://127.0.0.1/", NotPublic),
    ("https://127.0.0.1:443/", NotPublic),
    ("https://127.1/", NotPublic),
    ("https://127.0.1/", NotPublic),
    ("https://127.255.255.254/", NotPublic),
    ("https://2130706433/", NotPublic),
    ("https://0x7f000001/", NotPublic),
    ("https://0x7f.1/", NotPublic),
    ("https://0X7F.0.0.0X1/", NotPublic),
    ("https://017700000001/", NotPublic),
    ("https://0177.0.0.1/", NotPublic),
    ("https://0177.0x0.0.1/", NotPublic),
    ("https://00000177.0.0.00001/", NotPublic),
    ("https://127.0.0.1./", NotPublic),
    ("https://%31%32%37.0.0.1/", NotPublic),
    ("https://１２７.０.０.１/", NotPublic),
    ("https://①②⑦.⓪.⓪.①/", NotPublic),
    ("https://127。0。0。1/", NotPublic),
    ("https://127.0.0.1\\@videos.example.com/", NotPublic),
    ("https:127.0.0.1/", NotPublic),
    ("https:/\\127.0.0.1/", NotPublic),
    ("https://0/", NotPublic),
    ("https://0.0.0.0/", NotPublic),
    ("https://0.1.2.3/", NotPublic),
    ("https://[::1]/", NotPublic),
    ("https://[0:0:0:0:0:0:0:1]/", NotPublic),
    ("https://[::]/", NotPublic),
    ("https://localhost/", LocalName),
    ("https://LOCALHOST/", LocalName),
    ("https://localhost./", LocalName),
    ("https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", LocalName),
    ("https://loc\u{ad}alhost/", LocalName),
    ("https://latte.localhost/", LocalName),
    // Private networks.
    ("https://10.0.0.1/", NotPublic),
    ("https://10.1/", NotPublic),
    ("https://167772161/", NotPublic),
    ("https://172.16.0.1/", NotPublic),
    ("https://172.31.255.255/", NotPublic),
    ("https://192.168.0.1/", NotPublic),
    ("https://0xc0a80001/", NotPublic),
    ("https://0300.0250.0.1/", NotPublic),
    ("https://100.64.0.1/", NotPublic),
    ("https://100.127.255.255/", NotPublic),
    ("https://[fc00::1]/", NotPublic),
    ("https://[fd12:3456:789a::1]/", NotPublic),
    ("https://[fec0::1]/", NotPublic),
    // What a network keeps for itself.
    ("https://169.254.0.1/", NotPublic),
    ("https://[fe80::1]/", NotPublic),
    ("https://[febf::1]/", NotPublic),
    ("https://224.0.0.1/", NotPublic),
    ("https://239.255.255.250/", NotPublic),
    ("https://[ff02::1]/", NotPublic),
    ("https://[ff0e::1]/", NotPublic),
    ("https://255.255.255.255/", NotPublic),
    ("https://240.0.0.1/", NotPublic),
    ("https://192.0.0.8/", NotPublic),
    ("https://192.0.2.1/", NotPublic),
    ("https://198.51.100.1/", NotPublic),
    ("https://203.0.113.1/", NotPublic),
    ("https://198.18.0.1/", NotPublic),
    ("https://198.19.255.255/", NotPublic),
    ("https://192.88.99.1/", NotPublic),
    ("https://[100::1]/", NotPublic),
    ("https://[2001:db8::1]/", NotPublic),
    ("https://[3fff::1]/", NotPublic),
    ("https://[2001:2::1]/", NotPublic),
    ("https://[5f00::1]/", NotPublic),
    ("https://[4000::1]/", NotPublic),
    // Addresses of IPv4 inside addresses of IPv6.
    ("https://[::ffff:127.0.0.1]/", NotPublic),
    ("https://[::ffff:7f00:1]/", NotPublic),
    ("https://[::ffff:10.0.0.1]/", NotPublic),
    ("https://[::ffff:93.184.215.14]/", NotPublic),
    ("https://[::127.0.0.1]/", NotPublic),
    ("https://[::10.0.0.1]/", NotPublic),
    ("https://[::ffff:0:127.0.0.1]/", NotPublic),
    ("https://[64:ff9b::7f00:1]/", NotPublic),
    ("https://[64:ff9b::10.0.0.1]/", NotPublic),
    ("https://[64:ff9b::a9fe:a9fe]/", NotPublic),
    ("https://[64:ff9b:1::5db8:d70e]/", NotPublic),
    ("https://[2002:7f00:1::]/", NotPublic),
    ("https://[2002:a00:1::1]/", NotPublic),
    ("https://[2002:5db8:d70e::1]/", NotPublic),
    ("https://[2001:0:a00:1::1]/", NotPublic),
    ("https://[2001::f5ff:fffe]/", NotPublic),
    // Where clouds keep secrets.
    ("https://169.254.169.254/latest/meta-data/", NotPublic),
    ("https://2852039166/", NotPublic),
    ("https://0xa9fea9fe/", NotPublic),
    ("https://0251.0376.0251.0376/", NotPublic),
    ("https://169.254.43518/", NotPublic),
    ("https://[::ffff:a9fe:a9fe]/", NotPublic),
    ("https://[fd00:ec2::254]/", NotPublic),
    ("https://100.100.100.200/", NotPublic),
    ("https://192.0.0.192/", NotPublic),
    ("https://168.63.129.16/", NotPublic),
    ("https://metadata/", LocalName),
    ("https://metadata.google.internal/", LocalName),
    ("https://metadata.google.internal./", LocalName),
    ("https://metadata.goog/", LocalName),
    ("https://METADATA.GOOG./", LocalName),
    ("https://instance-data.ec2.internal/", LocalName),
    // Names of local networks.
    ("https://router/", LocalName),
    ("https://printer.local/", LocalName),
    ("https://db.internal/", LocalName),
    ("https://nas.lan/", LocalName),
    ("https://nas.home.arpa/", LocalName),
    ("https://1.0.0.127.in-addr.arpa/", LocalName),
    ("https://wiki.corp/", LocalName),
    ("https://wiki.intranet/", LocalName),
    ("https://host.docker.internal/", LocalName),
    ("https://localhost.localdomain/", LocalName),
    ("https://hidden.onion/", LocalName),
    // Hosts that are none.
    ("https://videos.example.com./", OddHost),
    ("https://videos..example.com/", OddHost),
    ("https://.example.com/", OddHost),
    ("https://a`b.example.com/", OddHost),
    ("https://*.example.com/", OddHost),
    ("https://a!b.example.com/", OddHost),
    // A number is no name, public or not.
    ("https://93.184.215.14/latte.mp4", Numbered),
    ("https://1572394766/latte.mp4", Numbered),
    ("https://[2606:4700::1]/latte.mp4", Numbered),
    ("https://[64:ff9b::93.184.215.14]/latte.mp4", Numbered),
];

/// What is no link at all to begin with.
const UNREADABLE: [&str; 12] = [
    "",
    "latte.mp4",
    "//videos.example.com/latte.mp4",
    "https://",
    "https://[fe80::1%25eth0]/",
    "https://[fe80::1%eth0]/",
    "https://[::1/",
    "https://256.0.0.1/",
    "https://0x100000000/",
    "https://1.2.3.4.5/",
    "https://videos.example.com:99999/",
    "https://vid eos.example.com/",
];

#[tokio::test]
async fn every_form_of_a_bad_link_is_refused_before_anybody_is_asked() {
    assert!(REFUSED.len() >= 80, "{}", REFUSED.len());
    let (town, staging) = (Town::open().await, TempDir::new().unwrap());
    let links = Links::on(Arc::clone(&town) as Arc<dyn Internet>).unwrap();
    for (link, why) in REFUSED {
        let parsed = Url::parse(link).unwrap_or_else(|error| panic!("{link}: {error}"));
        assert_eq!(check(&parsed), Err(*why), "{link} read as {parsed}");
        let error =
            links.fetch(WorkspaceId(1), &parsed, (1_000_000, Duration::from_secs(90)), staging.path(), |_, _| {}).await;
        assert!(matches!(error, Err(LinkError::Unfit(found)) if found == *why), "{link}: {error:?}");
        // Nor does any of them pass for a file of Discord's.
        assert!(!Origins::discord_cdn().allow(&parsed), "{link}");
    }
    assert!(town.looked_up().is_empty() && town.connected_to().is_empty() && town.heads().is_empty());
}

#[test]
fn what_is_no_link_is_not_read_as_one() {
    for text in UNREADABLE {
        assert!(Url::parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_good_link_is_fit() {
    for (link, host) in [
        ("https://videos.example.com/latte.mp4?token=1#t=3", "videos.example.com"),
        ("https://videos.example.com:443/", "videos.example.com"),
        ("https://VIDEOS.Example.COM/", "videos.example.com"),
        ("https://café.example.com/", "xn--caf-dma.example.com"),
        ("https://my_bucket.s3.example.com/", "my_bucket.s3.example.com"),
        ("https://localhost.example.com/", "localhost.example.com"),
        ("https://127.0.0.1.example.com/", "127.0.0.1.example.com"),
    ] {
        assert_eq!(check(&Url::parse(link).unwrap()), Ok(host), "{link}");
    }
}

#[test]
fn the_edges_of_what_is_public() {
    for address in [
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:4860::8888",
        "2606:4700::1",
        "2a00:1450::1",
        "64:ff9b::93.184.215.14",
    ] {
        assert!(is_public(address.parse().unwrap()), "{address}");
    }
    for address in
        ["10.255.255.255", "172.16.0.0", "192.167.255.255", "223.255.255.255", "224.0.0.0", "1fff::", "4000::"]
    {
        let address: IpAddr = address.parse().unwrap();
        let expected = ["192.167.255.255", "223.255.255.255"].contains(&address.to_string().as_str());
        assert_eq!(is_public(address), expected, "{address}");
    }
}

/// One address, in every spelling a browser reads.
fn spellings(address: Ipv4Addr) -> Vec<String> {
    let [a, b, c, d] = address.octets();
    let whole = u32::from(address);
    let (low_two, low_three) = (u32::from(c) << 8 | u32::from(d), whole & 0x00ff_ffff);
    vec![
        address.to_string(),
        whole.to_string(),
        format!("{whole:#x}"),
        format!("0{whole:o}"),
        format!("{a:#x}.{b:#x}.{c:#x}.{d:#x}"),
        format!("0{a:o}.0{b:o}.0{c:o}.0{d:o}"),
        format!("{a}.{b}.{low_two}"),
        format!("{a}.{low_three}"),
        format!("{address}."),
        format!("[::ffff:{address}]"),
        format!("[64:ff9b::{address}]"),
        format!("[2002:{:x}:{:x}::1]", whole >> 16, whole & 0xffff),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_spelling_of_any_address_is_a_fit_link(address in any::<u32>()) {
        for host in spellings(address.into()) {
            let link = Url::parse(&format!("https://{host}/latte.mp4")).unwrap();
            let refused = check(&link).unwrap_err();
            prop_assert!(matches!(refused, NotPublic | Numbered), "{host}: {refused:?}");
        }
    }

    #[test]
    fn an_ipv6_address_that_is_not_handed_out_is_not_public(address in any::<u128>()) {
        let address = Ipv6Addr::from(address);
        let is_handed_out = address.segments()[0] >> 13 == 1;
        prop_assert!(is_handed_out || !is_public(address.into()), "{address}");
    }

    #[test]
    fn whatever_is_written_a_fit_link_is_a_plain_name_by_https(
        text in "(https|http|HTTPS|ftp)(://|:/|:\\\\|:)([a-z0-9.@:%\\[\\]\\\\/?#_～。①\u{e9}-]{0,40}|\\PC{0,30})",
    ) {
        if let Ok(link) = Url::parse(&text)
            && let Ok(host) = check(&link)
        {
            prop_assert_eq!(link.scheme(), "https");
            prop_assert!(link.port().is_none() && link.username().is_empty() && link.password().is_none());
            prop_assert!(host.contains('.') && host.parse::<IpAddr>().is_err());
            prop_assert!(host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)), "{}", host);
        }
    }

    #[test]
    fn only_discords_own_hosts_pass_for_discord(text in "https://[a-z0-9.@:\\\\/%-]{0,20}(cdn\\.discordapp\\.com)?[a-z0-9.@:/%-]{0,20}") {
        if let Ok(link) = Url::parse(&text)
            && Origins::discord_cdn().allow(&link)
        {
            prop_assert!(matches!(link.host_str(), Some("cdn.discordapp.com" | "media.discordapp.net")));
            prop_assert!(link.scheme() == "https" && link.port().is_none() && link.username().is_empty());
        }
    }
}

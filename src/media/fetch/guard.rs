//! Which links of people may be followed at all.
//!
//! A link is fetched from where this program runs, so it must never lead to what only this machine can see: a router, a
//! database, a cloud's metadata. Two questions are asked, and again at every redirect: is this a link that could be
//! public ([`check`]), and is each address its host has a public one ([`is_public`])? In doubt the answer is no.
//!
//! The list of special addresses is IANA's own, from a crate that keeps it up. What is added here is what that registry
//! does not say: that multicast is nobody's server, that of IPv6 only one eighth is handed out so far, and that some
//! clouds answer on addresses that look public.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use iprfc::RFC6890;
use url::{Host, Url};

/// Names that mean something on a local network only, or nothing at all.
/// <https://www.iana.org/assignments/special-use-domain-names>
const LOCAL_ENDINGS: [&str; 15] = [
    "alt",
    "arpa",
    "corp",
    "example",
    "home",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "onion",
    "private",
    "test",
];

/// Names under which clouds hand out their machines' secrets and that no ending above covers.
/// <https://cloud.google.com/compute/docs/metadata/querying-metadata>
const METADATA_NAMES: [&str; 1] = ["metadata.goog"];

/// Azure's machines find their host here, in the middle of public addresses.
/// <https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16>
const AZURE_HOST: Ipv4Addr = Ipv4Addr::new(168, 63, 129, 16);

/// The longest name of a host. <https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4>
const LONGEST_HOST: usize = 253;

/// Why a link is not followed. None of these says more than what stands in the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.said())]
pub enum Unfit {
    /// Another scheme than https.
    NotHttps,
    /// A name or password before the host.
    Credentials,
    /// Another port than 443, behind which other things than web pages may listen.
    Port,
    /// A public address instead of a name.
    Numbered,
    /// An address that is not on the public internet.
    NotPublic,
    /// A name that is known on a local network only.
    LocalName,
    /// A host that is no name of a server.
    OddHost,
}

/// The host of a link that could be public.
///
/// # Errors
/// When it could not.
pub fn check(link: &Url) -> Result<&str, Unfit> {
    if link.scheme() != "https" {
        return Err(Unfit::NotHttps);
    }
    if !link.username().is_empty() || link.password().is_some() {
        return Err(Unfit::Credentials);
    }
    let name = match link.host() {
        // However the number was written: the parser knows decimal, octal, hexadecimal and short forms as a browser does.
        Some(Host::Ipv4(address)) => return Err(numbered(address.into())),
        Some(Host::Ipv6(address)) => return Err(numbered(address.into())),
        Some(Host::Domain(name)) => name,
        None => return Err(Unfit::OddHost),
    };
    check_name(name)?;
    if link.port_or_known_default() == Some(443) { Ok(name) } else { Err(Unfit::Port) }
}

fn numbered(address: IpAddr) -> Unfit {
    if is_public(address) { Unfit::Numbered } else { Unfit::NotPublic }
}

fn check_name(name: &str) -> Result<(), Unfit> {
    let is_plain = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'_');
    let labels = || name.split('.');
    // With a dot at the end it is the same host under another name, which certificates and lists of names do not know.
    let bare = name.strip_suffix('.').unwrap_or(name);
    let ending = bare.rsplit('.').next().unwrap_or_default();
    if !bare.contains('.') || LOCAL_ENDINGS.contains(&ending) || METADATA_NAMES.iter().any(|one| is_below(bare, one)) {
        return Err(Unfit::LocalName);
    }
    let readable = name.len() <= LONGEST_HOST
        && labels().all(|label| (1..=63).contains(&label.len()) && label.bytes().all(is_plain))
        // No top-level domain is a number; whoever reads one as such reads an address.
        && ending.bytes().any(|letter| letter.is_ascii_alphabetic());
    if readable { Ok(()) } else { Err(Unfit::OddHost) }
}

fn is_below(name: &str, parent: &str) -> bool {
    name.strip_suffix(parent).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Whether an address is one of the public internet's.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !RFC6890.contains(&address) && !address.is_multicast() && address != AZURE_HOST
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, third, fourth, fifth, sixth, ..] = address.segments();
    if [first, second, third, fourth, fifth, sixth] == [0x64, 0xff9b, 0, 0, 0, 0] {
        // A network without IPv4 reaches it through this prefix, so what counts is the address inside.
        let [.., a, b, c, d] = address.octets();
        return is_public_v4(Ipv4Addr::new(a, b, c, d));
    }
    // 2000::/3 is all that is handed out; mapped, compatible, local and multicast addresses lie outside of it.
    // 6to4 and Teredo, which carry an IPv4 address to a relay, lie inside and are in the registry.
    // <https://www.iana.org/assignments/ipv6-address-space>
    first & 0xe000 == 0x2000 && !RFC6890.contains(&address)
}

//! Which parts of the product a process runs, as `--role` says it.

use std::fmt;
use std::str::FromStr;

/// The parts of the product that run in this process; at least one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roles {
    /// Talks with Discord.
    pub bot: bool,
    /// Publishes, measures, reminds and tidies.
    pub worker: bool,
    /// Answers browsers and TikTok.
    pub web: bool,
}

impl Roles {
    /// Everything in one process.
    pub const ALL: Self = Self { bot: true, worker: true, web: true };
}

impl FromStr for Roles {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut roles = Self { bot: false, worker: false, web: false };
        for name in text.split(',').map(str::trim) {
            match name {
                "all" => roles = Self::ALL,
                "bot" => roles.bot = true,
                "worker" => roles.worker = true,
                "web" => roles.web = true,
                other => return Err(format!("`{other}` is no role; give `all` or a comma list of bot, worker, web")),
            }
        }
        Ok(roles)
    }
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = [("bot", self.bot), ("worker", self.worker), ("web", self.web)];
        let held: Vec<&str> = names.into_iter().filter_map(|(name, held)| held.then_some(name)).collect();
        f.write_str(&held.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_all_or_named() {
        assert_eq!("all".parse(), Ok(Roles::ALL));
        assert_eq!("web, bot".parse(), Ok(Roles { bot: true, worker: false, web: true }));
        assert_eq!("worker,web,bot".parse::<Roles>().unwrap().to_string(), "bot,worker,web");
        assert!("".parse::<Roles>().is_err());
        assert!("bot,cook".parse::<Roles>().unwrap_err().contains("`cook`"));
    }
}

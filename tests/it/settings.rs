//! What an operator writes into the settings, and what the program makes of it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use greenroom::config::{Config, ConfigError, DatabaseUrl, MediaUrl, Setting};
use secrecy::ExposeSecret as _;

const EXAMPLE: &str = include_str!("../../config.example.toml");
/// 32 bytes in base64.
const KEY: &str = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";

fn read(toml: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("greenroom.toml");
    fs::write(&path, toml).unwrap();
    Config::load(Some(&path), pairs(environment)).map_err(|error| error.in_file(Path::new("greenroom.toml")))
}

fn pairs(environment: &[(&str, &str)]) -> impl Iterator<Item = (String, String)> {
    environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
}

fn complaint(toml: &str, environment: &[(&str, &str)]) -> String {
    read(toml, environment).unwrap_err().to_string()
}

/// The file as it is when every setting that is commented out is given.
fn everything_given() -> String {
    let uncomment = |line: &str| match line.strip_prefix("# ") {
        Some(setting) if is_setting(setting) => setting.to_owned(),
        _ => line.to_owned(),
    };
    EXAMPLE.lines().map(uncomment).collect::<Vec<_>>().join("\n")
}

fn is_setting(line: &str) -> bool {
    line.split_once(" = ")
        .is_some_and(|(key, _)| key.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_'))
}

/// The dotted keys a file gives.
fn keys(toml: &str) -> Vec<String> {
    fn below(above: &str, table: &toml::Table, keys: &mut Vec<String>) {
        for (name, value) in table {
            let key = format!("{above}{name}");
            match value {
                toml::Value::Table(inner) => below(&format!("{key}."), inner, keys),
                _ => keys.push(key),
            }
        }
    }
    let mut keys = Vec::new();
    below("", &toml.parse().unwrap(), &mut keys);
    keys.sort();
    keys
}

fn sorted(settings: impl Iterator<Item = Setting>) -> Vec<String> {
    let mut keys: Vec<String> = settings.map(|setting| setting.key.to_owned()).collect();
    keys.sort();
    keys
}

#[test]
fn the_example_holds_the_defaults() {
    let example = read(EXAMPLE, &[]).unwrap();
    let defaults = Config::load(None, pairs(&[])).unwrap();
    assert_eq!(format!("{example:#?}"), format!("{defaults:#?}"));
}

#[test]
fn the_example_names_every_setting() {
    assert_eq!(keys(&everything_given()), sorted(Config::settings().into_iter()));
    let with_default = Config::settings().into_iter().filter(|setting| setting.default.is_some());
    assert_eq!(keys(EXAMPLE), sorted(with_default), "what has a default stands there with it");
}

#[test]
fn the_example_is_enough_to_run_once_it_is_filled_in() {
    let config = read(&everything_given(), &[]).unwrap();
    let required = config.require_for_run().unwrap();
    assert_eq!(required.encryption_key.expose_secret(), KEY);
}

#[test]
fn every_setting_has_the_default_that_is_promised() {
    let lines = Config::settings().into_iter().map(|setting| {
        let file = if setting.from_file { " (or _file)" } else { "" };
        format!("{}{file} = {}", setting.key, setting.default.unwrap_or("-"))
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
    discord.api_url = https://discord.com
    discord.token (or _file) = -
    discord.shards = auto
    tiktok.scopes = user.info.basic, user.info.profile, user.info.stats, video.list, video.publish, video.upload
    tiktok.client_key (or _file) = -
    tiktok.client_secret (or _file) = -
    tiktok.authorize_url = https://www.tiktok.com
    tiktok.api_url = https://open.tiktokapis.com
    tiktok.audited = false
    tiktok.business.app_id = -
    tiktok.business.secret (or _file) = -
    tiktok.business.api_url = https://business-api.tiktok.com
    tiktok.business.authorize_url = https://www.tiktok.com
    database.url (or _file) = sqlite://greenroom.db
    media.url = file://media
    media.endpoint = -
    web.listen = 127.0.0.1:8080
    web.public_url = -
    web.trusted_proxies = 127.0.0.0/8, ::1
    security.encryption_key (or _file) = -
    scheduling.min_lead = 15m
    scheduling.max_ahead = 30d
    scheduling.min_gap = 30m
    scheduling.late_after = 15m
    scheduling.maintenance = []
    scheduling.precommit = false
    scheduling.uploads_at_once = 16
    scheduling.questions_at_once = 8
    limits.requests_per_minute = 100
    limits.uploads_per_hour = 10
    limits.scheduled_per_day = 50
    limits.posts_per_day = 15
    video.preset = official
    video.max_bytes = 4GB
    retention.media_after_published = 7d
    retention.media_after_ended = 30d
    retention.audit = 730d
    retention.metrics = 730d
    log.format = text
    log.level = info
    ");
}

#[test]
fn settings_that_belong_together_are_asked_for_together() {
    let said = complaint("[tiktok.business]\napp_id = 'a'\n[scheduling]\nmin_lead = '30d'\n[tiktok]\nscopes = []", &[]);
    for key in ["`tiktok.business.secret`: missing", "`scheduling.min_lead`: given is `30days`", "`tiktok.scopes`"] {
        assert!(said.contains(key), "{said}");
    }
}

#[test]
fn a_section_is_known_by_what_stands_in_it() {
    assert!(read("[tiktok.business]\n[limits]", &[]).is_ok(), "an empty section says nothing");
    let said = complaint("web = 8080\n[discrod]\n[log.level]\nx = 1", &[]);
    assert!(said.contains("`web` (line 1): this is a section"), "{said}");
    assert!(said.contains("`discrod` (line 2): there is no such setting"), "{said}");
    assert!(said.contains("`log.level.x` (line 4): there is no such setting; did you mean `log.level`?"), "{said}");
}

#[test]
fn the_environment_wins_over_the_file() {
    let config = read(
        "[limits]\nposts_per_day = 3\n[tiktok.business]\napp_id = \"old\"",
        &[
            ("GREENROOM_LIMITS__POSTS_PER_DAY", "4"),
            ("GREENROOM_TIKTOK__BUSINESS__APP_ID", "new"),
            ("GREENROOM_TIKTOK__BUSINESS__SECRET", "hush"),
            ("GREENROOM_TIKTOK__SCOPES", "user.info.basic, video.upload"),
            ("GREENROOM_SCHEDULING__MAINTENANCE", r#"[{ cron = "0 3 * * SUN", duration = "2h" }]"#),
            ("GREENROOM_DATABASE__URL", "postgres://u:p@db.example/greenroom"),
            ("GREENROOM_MEDIA__URL", ""),
            ("GREENROOM_SERVICE_HOST", "10.0.0.1"),
        ],
    )
    .unwrap();
    assert_eq!(config.limits.posts_per_day.get(), 4);
    assert_eq!(config.tiktok.business.as_ref().unwrap().app_id, "new");
    assert_eq!(config.tiktok.scopes, ["user.info.basic", "video.upload"]);
    assert_eq!(config.scheduling.maintenance[0].pattern(), "0 3 * * SUN");
    assert!(matches!(&config.database.url, DatabaseUrl::Postgres(url) if url.expose_secret().contains("db.example")));
    assert_eq!(config.media.url, MediaUrl::Folder("media".into()), "an empty variable counts as not given");
}

#[test]
fn a_secret_may_be_kept_in_a_file_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("token");
    fs::write(&kept, "bot.token\n").unwrap();
    let kept = kept.to_str().unwrap();

    let by_variable = read("", &[("GREENROOM_DISCORD__TOKEN_FILE", kept)]).unwrap();
    assert_eq!(by_variable.discord.token.unwrap().expose_secret(), "bot.token");
    let by_key = read(&format!("[tiktok]\nclient_secret_file = '{kept}'"), &[]).unwrap();
    assert_eq!(by_key.tiktok.client_secret.unwrap().expose_secret(), "bot.token");

    let both = read("[discord]\ntoken = 'a'", &[("GREENROOM_DISCORD__TOKEN_FILE", kept)]).unwrap();
    assert_eq!(both.discord.token.unwrap().expose_secret(), "bot.token", "the environment wins");
    let twice = complaint(&format!("[discord]\ntoken = 'a'\ntoken_file = '{kept}'"), &[]);
    assert!(twice.contains("`discord.token` (line 2): given twice"), "{twice}");
    let nowhere = complaint("", &[("GREENROOM_DISCORD__TOKEN_FILE", "no/such/file")]);
    assert!(nowhere.contains("`no/such/file`"), "{nowhere}");
}

#[test]
fn everything_wrong_is_said_at_once() {
    let said = complaint(
        "[discord]
tokn = 'act.hidden'
shards = '3-1/8'
[web]
listen = 'localhost'
[scheduling]
min_lead = 15
maintenance = [{ cron = '0 3 * *', duration = '2h' }]
[video]
max_bytes = '9GB'
[log]
level = 'inof'
[lmits]
posts_per_day = 3
",
        &[("GREENROOM_LIMITS__POSTS_PER_DAI", "3"), ("GREENROOM_TIKTOK__AUDITED", "yes")],
    );
    insta::assert_snapshot!(said, @r"
    10 settings need a change in greenroom.toml:
      `discord.tokn` (line 2): there is no such setting; did you mean `discord.token`?
      `discord.shards` (line 3): given is `3-1/8`; accepted is `auto`, or `first-last/total` counted from 0, such as `0-3/8`
      `web.listen` (line 5): given is `localhost`; accepted is an IP address and a port, such as `127.0.0.1:8080` or `[::]:8080`
      `scheduling.min_lead` (line 7): given is `15`; accepted is a duration with its unit, such as `15m`, `2h` or `30d`
      `scheduling.maintenance` (line 8): given is a table of `cron`, `duration`; accepted is a cron pattern such as `0 3 * * SUN` (`0 3 * *` is none: Invalid pattern: Pattern must have between 5 and 7 fields.)
      `video.max_bytes` (line 10): given is `9GB`; accepted is a size from `1B` to `4GB` (the most TikTok takes), such as `800MB`
      `log.level` (line 12): given is `inof`; accepted is one of `off`, `error`, `warn`, `info`, `debug`, `trace`, or levels for parts such as `info,greenroom::tiktok=debug`
      `lmits.posts_per_day` (line 14): there is no such setting; did you mean `limits.posts_per_day`?
      `tiktok.audited` (from GREENROOM_TIKTOK__AUDITED): given is `yes`; accepted is `true` or `false`
      `limits.posts_per_dai` (from GREENROOM_LIMITS__POSTS_PER_DAI): there is no such setting; did you mean `GREENROOM_LIMITS__POSTS_PER_DAY`?
    ");
}

#[test]
fn a_complaint_never_repeats_a_secret() {
    let hidden = "s3cr3t";
    let wrong = [
        format!("[discord]\ntoken = 'two {hidden}'"),
        format!("[discord]\ntoken = ['{hidden}']"),
        format!("[discord]\ntokn = '{hidden}'"),
        format!("[discord]\ntoken = {hidden}"),
        format!("[discord]\ntoken = '{hidden}"),
        format!("[discord]\nshards = '''auto\ntoken = '{hidden}'"),
        format!("[discord]\nshards = '''auto\ntoken = '{hidden}''''"),
        format!("[discord]\ntoken = '{hidden}'\ntoken = '{hidden}'"),
        format!("[security]\nencryption_key = '{hidden}'"),
        format!("[database]\nurl = 'mysql://u:{hidden}@h/d'"),
        format!("[media]\nendpoint = 'https://u:{hidden}@h'"),
    ];
    for toml in wrong {
        let said = complaint(&toml, &[]);
        assert!(!said.contains(hidden), "{said}");
        assert!((2..=4).any(|line| said.contains(&format!("line {line}"))), "{said}");
    }
}

#[test]
fn debug_never_shows_a_secret() {
    let given = everything_given().replace("sqlite://greenroom.db", "postgres://u:the-password@h/d");
    let shown = format!("{:?}", read(&given, &[]).unwrap());
    for secret in ["the-token-from", "the-secret-from", "the-password", KEY] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[test]
fn what_is_missing_is_named_with_the_place_to_get_it() {
    let config = read("[tiktok]\nclient_key = 'k'", &[]).unwrap();
    let error = config.require_for_run().unwrap_err().to_string();
    insta::assert_snapshot!(error, @r"
    3 settings need a change:
      `discord.token`: missing; make one at https://discord.com/developers/applications under your application, Bot, Reset Token
      `tiktok.client_secret`: missing; it is at https://developers.tiktok.com under Manage apps, your app, Credentials
      `security.encryption_key`: missing; `greenroom key new` makes one
    ");
}

fn greenroom(arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
    command.args(arguments).current_dir(folder.path()).env_clear().output().unwrap()
}

#[test]
fn wrong_usage_and_wrong_settings_exit_with_two() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("greenroom.toml");
    let file = path.to_str().unwrap();
    fs::write(&path, "[discord]\nshards = 'many'").unwrap();
    assert_eq!(greenroom(&["dance"]).status.code(), Some(2));
    assert_eq!(greenroom(&["run"]).status.code(), Some(2));
    assert_eq!(greenroom(&["run", "--config", file, "--role", "cook"]).status.code(), Some(2));
    assert_eq!(greenroom(&["run", "--config", "nowhere.toml"]).status.code(), Some(2));
    for command in ["run", "doctor", "migrate"] {
        let output = greenroom(&[command, "--config", file]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("`discord.shards` (line 2)"), "{said}");
    }
    fs::write(&path, "").unwrap();
    let output = greenroom(&["run", "--config", file]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("`discord.token`: missing"));
}

#[test]
fn a_new_key_is_one_the_settings_accept() {
    let output = greenroom(&["key", "new"]);
    assert_eq!(output.status.code(), Some(0));
    let key = String::from_utf8(output.stdout).unwrap();
    let config = read("", &[("GREENROOM_SECURITY__ENCRYPTION_KEY", key.trim())]).unwrap();
    greenroom::vault::Vault::new(&config.security.encryption_key.unwrap()).unwrap();
}

#[test]
fn help_is_no_failure() {
    let output = greenroom(&["--help"]);
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stdout).unwrap();
    for command in ["sandbox", "run", "doctor", "migrate", "key"] {
        assert!(said.contains(&format!("  {command} ")), "{said}");
    }
}

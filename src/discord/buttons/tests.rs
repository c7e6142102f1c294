use chrono::DateTime;
use proptest::prelude::*;

use super::*;

fn post() -> PostId {
    PostId::new(DateTime::UNIX_EPOCH)
}

fn presses() -> Vec<Press> {
    let (post, revision) = (post(), Revision::from_bytes([0xfb; 32]));
    let account = Some(AccountId::new(DateTime::UNIX_EPOCH));
    let mut all = vec![
        Press::ChoosePrivacy { post },
        Press::Submit { post },
        Press::RetryAllTheSame { post, mark: "1a2b3c4d".parse().unwrap() },
        Press::NotOutAllTheSame { post, mark: "1a2b3c4d".parse().unwrap() },
        Press::SubmitAllTheSame { post, mark: "1a2b3c4d".parse().unwrap() },
        Press::ChangeAllTheSame { edit: PendingEditId::new(DateTime::UNIX_EPOCH) },
        Press::ScheduleBatch { batch: BatchId::new(DateTime::UNIX_EPOCH) },
        Press::DiscardBatch { batch: BatchId::new(DateTime::UNIX_EPOCH) },
        Press::ScheduleBatchAllTheSame { batch: BatchId::new(DateTime::UNIX_EPOCH), mark: "1a2b3c4d".parse().unwrap() },
        Press::EditCaption { post },
        Press::ChangeTime { post },
        Press::Discard { post },
        Press::Approve { post, revision },
        Press::RequestChanges { post, revision },
        Press::Decline { post, revision },
        Press::SayWhy { post, revision },
        Press::TakeBackNo { post, revision },
        Press::Retry { post },
        Press::Vouch { post },
        Press::NotOut { post },
        Press::PublishNow { post },
        Press::PublishAllHeld,
        Press::LookAtHeld,
        Press::GoOn { account: AccountId::new(DateTime::UNIX_EPOCH) },
        Press::Connect { account: AccountId::new(DateTime::UNIX_EPOCH) },
        Press::PasteAddress,
        Press::EditPost { post },
        Press::PickTime { post },
        Press::Withdraw { post },
        Press::TakeTime { post, unix: i64::MIN },
        Press::NextSlot { post },
        Press::Page { filter: QueueFilter::default(), page: 0 },
        Press::History { post, page: u16::MAX },
        Press::Calendar { month: "2026-12".parse().unwrap() },
    ];
    all.extend(Toggle::ALL.map(|what| Press::Toggle { post, what }));
    all.extend(
        Standing::ALL
            .map(|standing| Press::Page { filter: QueueFilter { account, standing: Some(standing) }, page: u16::MAX }),
    );
    all
}

fn forms() -> Vec<Form> {
    let (post, revision) = (post(), Revision::from_bytes([0xfb; 32]));
    vec![
        Form::Caption { post },
        Form::Time { post },
        Form::Reason { post, revision, kind: ReasonKind::Decline },
        Form::Reason { post, revision, kind: ReasonKind::RequestChanges },
        Form::Reason { post, revision, kind: ReasonKind::Explain },
        Form::EditPost { post },
        Form::Address,
        Form::FromMessage { channel: ChannelId(u64::MAX), message: MessageId(u64::MAX) },
    ]
}

#[test]
fn every_name_fits_and_is_read_back() {
    for press in presses() {
        let name = press.to_string();
        assert!(name.len() <= 100, "{name}");
        assert_eq!(name.parse(), Ok(press));
        assert_eq!(Form::read(&name), None, "{name} is no form");
    }
    for form in forms() {
        let name = form.to_string();
        assert!(name.len() <= 100, "{name}");
        assert_eq!(name.parse(), Ok(form));
        assert_eq!(Press::read(&name), None, "{name} is no button");
    }
}

#[test]
fn no_two_names_are_the_same() {
    let names: std::collections::HashSet<_> = presses().iter().map(ToString::to_string).collect();
    assert_eq!(names.len(), presses().len());
}

#[test]
fn a_name_that_is_old_or_forged_or_has_something_left_over_is_none() {
    let good = Press::Submit { post: post() }.to_string();
    let hyphens = "v1:submit:00000000-0000-7000-8000-000000000000";
    for forged in [
        "",
        "v1",
        "v1:",
        "v1:submit",
        "v1:submit:",
        "v1:approve:x:y",
        hyphens,
        &good.replace("v1", "v0"),
        &good.to_uppercase(),
        &format!("{good}:"),
        &format!("{good}:more"),
        &good.replace("submit", "launch"),
        &format!("{}:more", Press::Page { filter: QueueFilter::default(), page: 1 }),
        "v1:page:any:any:70000",
        "v1:page:any:any:+1",
    ] {
        assert_eq!(Press::read(forged), None, "{forged}");
        assert_eq!(Form::read(forged), None, "{forged}");
    }
    assert!(Press::read(&good).is_some());
}

/// Names made of our own pieces, which reach deeper than letters at random.
fn nearly_names() -> impl Strategy<Value = String> {
    let ours =
        presses().into_iter().map(|press| press.to_string()).chain(forms().into_iter().map(|form| form.to_string()));
    let mut pieces: Vec<String> =
        ours.flat_map(|name| name.split(':').map(str::to_owned).collect::<Vec<_>>()).collect();
    let strange =
        ["", "v1", "v2", "any", "all", "0", "-1", "+1", "00", "65535", "65536", "9999999999999999999999", "\u{1f3ac}"];
    pieces.extend(strange.map(str::to_owned));
    prop::collection::vec(prop::sample::select(pieces), 0..7).prop_map(|parts| parts.join(":"))
}

/// One of our own names with one letter changed, added or lost.
fn bent_names() -> impl Strategy<Value = String> {
    let ours =
        presses().into_iter().map(|press| press.to_string()).chain(forms().into_iter().map(|form| form.to_string()));
    let ours: Vec<String> = ours.collect();
    (prop::sample::select(ours), any::<prop::sample::Index>(), any::<char>(), 0..3).prop_map(
        |(name, place, letter, how)| {
            let mut letters: Vec<char> = name.chars().collect();
            let place = place.index(letters.len());
            match how {
                0 => letters[place] = letter,
                1 => letters.insert(place, letter),
                _ => drop(letters.remove(place)),
            }
            letters.into_iter().collect()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_read_is_written_the_same_way(name in prop_oneof![any::<String>(), nearly_names(), bent_names()]) {
        let (press, form) = (Press::read(&name), Form::read(&name));
        prop_assert!(press.is_none() || form.is_none());
        if let Some(press) = press {
            prop_assert_eq!(press.to_string(), name.clone());
        }
        if let Some(form) = form {
            prop_assert_eq!(form.to_string(), name);
        }
    }

    #[test]
    fn a_cover_is_read_back_as_it_is_shown(millis in any::<u32>(), text in "[0-9:., s\\-]{0,14}|\\PC{0,10}") {
        prop_assert_eq!(cover_millis(&cover_seconds(millis)), Some(millis));
        if let Some(millis) = cover_millis(&text) {
            prop_assert_eq!(cover_millis(&cover_seconds(millis)), Some(millis));
        }
    }
}

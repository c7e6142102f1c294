use chrono::DateTime;

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
        Press::EditCaption { post },
        Press::ChangeTime { post },
        Press::Discard { post },
        Press::Approve { post, revision },
        Press::RequestChanges { post, revision },
        Press::Decline { post, revision },
        Press::Retry { post },
        Press::Vouch { post },
        Press::NotOut { post },
        Press::PublishNow { post },
        Press::PublishAllHeld,
        Press::LookAtHeld,
        Press::GoOn { account: AccountId::new(DateTime::UNIX_EPOCH) },
        Press::PasteAddress,
        Press::EditPost { post },
        Press::PickTime { post },
        Press::Withdraw { post },
        Press::TakeTime { post, unix: i64::MIN },
        Press::Page { filter: QueueFilter::default(), page: 0 },
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

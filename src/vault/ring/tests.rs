use secrecy::ExposeSecret as _;

use super::*;

const HERE: Place<'_> = Place { table: "accounts", column: "access_token", row: "1" };

fn vault() -> Vault {
    Vault::new(&Vault::generate_key().into()).unwrap()
}

fn again(vault: &Vault) -> Vault {
    Vault::new(&vault.own.text()).unwrap()
}

#[test]
fn each_key_of_a_chain_opens_what_any_other_sealed() {
    let first = vault();
    let (old_blob, mut pairs) = (first.seal(HERE, &"act.latte".into()), Vec::new());
    for _ in 0..3 {
        pairs.push(first.hand_over().unwrap());
        first.follow(&pairs).unwrap();
    }
    let new_blob = first.seal(HERE, &"act.mocha".into());
    assert_eq!(first.present_key_id(), pairs[2].new);

    let last = Vault::new(&first.present_key()).unwrap();
    assert!(last.open(HERE, &old_blob).is_err(), "it was not told of the change");
    last.follow(&pairs).unwrap();
    let between = again(&first);
    between.follow(&pairs).unwrap();
    for vault in [&first, &last, &between] {
        assert_eq!(vault.open(HERE, &old_blob).unwrap().expose_secret(), "act.latte");
        assert_eq!(vault.open(HERE, &new_blob).unwrap().expose_secret(), "act.mocha");
        assert_eq!(vault.present_key_id(), pairs[2].new);
    }
}

#[test]
fn a_retired_key_opens_nothing_and_says_what_took_its_place() {
    let old = vault();
    let mut pair = old.hand_over().unwrap();
    old.follow(std::slice::from_ref(&pair)).unwrap();
    let new_key = old.present_key();
    let blob = old.seal(HERE, &"act.latte".into());
    pair.new_by_old = None;

    let late = again(&old);
    let replaced = VaultError::Replaced { given: old.key_id(), by: pair.new.clone() };
    assert_eq!(late.follow(std::slice::from_ref(&pair)), Err(replaced));
    assert!(late.open(HERE, &blob).is_err());
    let new = Vault::new(&new_key).unwrap();
    new.follow(&[pair]).unwrap();
    assert_eq!(new.open(HERE, &blob).unwrap().expose_secret(), "act.latte");
    assert!(new.open(HERE, &old.own.seal(HERE, &"act.late".into())).is_ok(), "what a late process sealed still opens");
}

#[test]
fn a_pair_that_was_made_up_or_moved_leads_nowhere() {
    let (ours, theirs) = (vault(), vault());
    let real = ours.hand_over().unwrap();
    let forged = Handover { old: ours.key_id(), ..theirs.hand_over().unwrap() };
    let cut = Handover { new_by_old: Some(vec![1, 2, 3]), ..real.clone() };
    let renamed = Handover { new: theirs.key_id(), ..real.clone() };
    let swapped = Handover { new_by_old: Some(real.old_by_new.clone()), ..real.clone() };
    for pair in [forged, cut, renamed, swapped] {
        assert_eq!(ours.follow(std::slice::from_ref(&pair)), Err(VaultError::Altered), "{pair:?}");
        assert_eq!(ours.present_key_id(), ours.key_id());
    }
    let ring = [real.clone(), Handover { old: real.new.clone(), new: real.old.clone(), ..real.clone() }];
    assert_eq!(ours.follow(&ring), Err(VaultError::Altered), "a chain that bites its tail ends");
}

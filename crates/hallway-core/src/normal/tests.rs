use proptest::prelude::*;

use super::*;

#[test]
fn folding_forgets_case_accents_and_spacing() {
    for (text, folded) in [
        ("  Priya \t Nair ", "priya nair"),
        ("José Müller", "jose muller"),
        ("JOSE\u{301} MU\u{308}LLER", "jose muller"),
        ("Straße STRASSE", "strasse strasse"),
        ("Søren Łukasz Đorđe", "soren lukasz dorde"),
        ("Ægir Œuvre", "aegir oeuvre"),
        ("Iğdır İzmir", "igdir izmir"),
        ("Þór Guðmundsson", "thor gudmundsson"),
        ("ΟΔΥΣΣΕΎΣ", "οδυσσευσ"),
        ("Ёлкин", "елкин"),
        ("ﬁnance Ｆｕｌｌ", "finance full"),
        ("soft\u{AD}hyphen \u{202A}bidi\u{202C}", "softhyphen bidi"),
        ("محمَّد", "محمد"),
    ] {
        assert_eq!(fold(text), folded, "{text}");
    }
}

#[test]
fn folding_keeps_what_makes_a_word_in_other_scripts() {
    for (text, part) in [
        ("山田太郎", "太郎"),
        ("김철수", "철수"),
        ("हिन्दी नाम", "हिन्दी"),
        ("สมชาย ใจดี", "สมชาย"),
        ("がぎぐ", "ぎ"),
        ("عبد الله الراشد", "الراشد"),
        ("ｶﾞｷﾞ", "ガ"),
    ] {
        assert!(fold(text).contains(&fold(part)), "{part} in {text}");
    }
    assert_ne!(fold("か"), fold("が"));
    assert_ne!(fold("राम"), fold("रोम"));
    assert_ne!(fold("기"), fold("김"));
}

#[test]
fn names_agree_in_any_order_and_when_one_is_shorter() {
    for (a, b) in [
        ("Priya Nair", "nair PRIYA"),
        ("Nair, Priya", "Priya Nair"),
        ("José Müller", "Jose Muller"),
        ("Priya", "Priya Nair"),
        ("Jean-Luc Picard", "Jean Luc Picard"),
        ("O’Brien Sam", "Sam O'Brien"),
        ("Michelle \"MishManners®™\" Duke", "Michelle Duke"),
        ("Hyun Jun, An", "An Hyun Jun"),
        ("-_-", "-_-"),
        ("山田 太郎", "太郎 山田"),
        ("Jörg Müller", "Joerg Mueller"),
        ("Jorg Mueller", "Jörg Müller"),
        ("Jo\u{308}rg Weiß", "Joerg Weiss"),
        ("Søren Ångström", "Soeren Aangstroem"),
    ] {
        assert!(names_agree(a, b), "{a} / {b}");
        assert!(names_agree(b, a), "{b} / {a}");
    }
}

#[test]
fn other_names_do_not_agree() {
    for (a, b) in [
        ("Priya Nair", "Priya Sharma"),
        ("Ann", "Anna"),
        ("Jörg Müller", "Jürg Müller"),
        ("Lee Lee", "Lee Kim"),
        ("", "Priya"),
        ("", ""),
        ("  ", "\u{200B}"),
        ("-_-", "_-_"),
    ] {
        assert!(!names_agree(a, b), "{a} / {b}");
        assert!(!names_agree(b, a), "{b} / {a}");
    }
}

#[test]
fn an_address_has_one_normal_form_however_it_is_written() {
    for (raw, norm) in [
        ("Ada@Example.ORG", "ada@example.org"),
        (" mailto:ada@example.org?subject=Hi ", "ada@example.org"),
        ("MAILTO:<ada@example.org>", "ada@example.org"),
        ("Ada Lovelace <Ada@example.org>", "ada@example.org"),
        ("ada.l+meetup@example.org", "ada.l+meetup@example.org"),
        ("ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ", "ada@example.org"),
        ("ada@example.org\u{200B}", "ada@example.org"),
        ("ada@example.org.", "ada@example.org"),
        ("ada@Bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@XN--BCHER-KVA.example", "ada@xn--bcher-kva.example"),
        ("ada@straße.example", "ada@xn--strae-oqa.example"),
        ("(none)", "(none)"),
    ] {
        assert_eq!(contact(ContactKind::Email, raw), norm, "{raw}");
    }
}

#[test]
fn handles_are_found_in_the_addresses_of_their_pages() {
    use ContactKind::*;
    for (kind, raw, norm) in [
        (Github, "@Octo-Cat", "octo-cat"),
        (Github, "https://github.com/Octo-Cat", "octo-cat"),
        (Github, "github.com/octo-cat/", "octo-cat"),
        (Github, "http://www.GitHub.com/octo-cat/repo?tab=readme#top", "octo-cat"),
        (Gitlab, "https://gitlab.com/ada", "ada"),
        (X, "@AdaL", "adal"),
        (X, "https://twitter.com/AdaL?s=20", "adal"),
        (X, "https://mobile.twitter.com/AdaL/status/1", "adal"),
        (X, "x.com/AdaL", "adal"),
        (X, "https://example.org/AdaL", "https://example.org/AdaL"),
        (Reddit, "/u/Ada_L", "ada_l"),
        (Reddit, "https://old.reddit.com/user/Ada_L/", "ada_l"),
        (Bluesky, "@Ada.bsky.social", "ada.bsky.social"),
        (Bluesky, "https://bsky.app/profile/ada.example.org", "ada.example.org"),
        (Linkedin, "https://www.linkedin.com/in/Ada-Lovelace-123/", "ada-lovelace-123"),
        (Linkedin, "https://de.linkedin.com/in/j%C3%BCrgen?trk=x", "jürgen"),
        (Linkedin, "linkedin.com/in/ada/en", "ada"),
        (Linkedin, "in/ada", "ada"),
        (Linkedin, "ada", "ada"),
        (Mastodon, "@Ada@Hachyderm.io", "ada@hachyderm.io"),
        (Mastodon, "acct:ada@hachyderm.io", "ada@hachyderm.io"),
        (Mastodon, "https://hachyderm.io/@Ada", "ada@hachyderm.io"),
        (Mastodon, "https://hachyderm.io/users/ada/", "ada@hachyderm.io"),
        (Mastodon, "hachyderm.io/@ada", "ada@hachyderm.io"),
        (Matrix, "@Ada:matrix.org", "ada:matrix.org"),
        (Matrix, "https://matrix.to/#/@ada:matrix.org", "ada:matrix.org"),
        (Discord, "https://discord.com/users/123456", "123456"),
        (Discord, "Ada#1234", "ada#1234"),
        (Slack, "https://acme.slack.com/team/U012AB", "u012ab"),
        (Irc, "AdaL", "adal"),
        (Irc, "irc.example.org/Ada", "irc.example.org/ada"),
        (Other, "Signal: Ada", "signal: ada"),
    ] {
        assert_eq!(contact(kind, raw), norm, "{kind:?} {raw}");
    }
}

#[test]
fn pages_keep_their_path_as_it_is() {
    for (raw, norm) in [
        ("HTTPS://Example.ORG", "https://example.org"),
        ("https://example.org/", "https://example.org"),
        ("example.org/Blog/", "https://example.org/Blog/"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org/a/../B?Q=1", "https://example.org/a/../B?Q=1"),
        ("https://Bücher.example/ä", "https://xn--bcher-kva.example/ä"),
        ("ftp://Ada@Example.org/x", "ftp://Ada@example.org/x"),
        ("My Blog", "my blog"),
    ] {
        assert_eq!(contact(ContactKind::Website, raw), norm, "{raw}");
    }
}

#[test]
fn phones_keep_digits_and_no_country_is_guessed() {
    for (raw, norm) in [
        ("+44 20 7946 0958", "+442079460958"),
        ("tel:+44-20-7946-0958", "+442079460958"),
        ("+49 (0)30 123456", "+4930123456"),
        ("(+44) 20 7946", "+44207946"),
        ("(030) 123456", "030123456"),
        ("0044 20 7946", "0044207946"),
        ("＋８１ ９０", "+8190"),
        ("٠١٢٣", "0123"),
        ("ask at the desk", "ask at the desk"),
    ] {
        assert_eq!(contact(ContactKind::Phone, raw), norm, "{raw}");
    }
}

#[test]
fn an_e_mail_address_is_told_from_other_text() {
    for text in [
        "ada@example.org",
        "Ada <ada@example.org>",
        "mailto:ada@example.org",
        "a..b.@example.co.jp",
        "用户@例子.广告",
        "o'brien+x@sub.example.org",
    ] {
        assert!(looks_like_email(text), "{text}");
    }
    for text in [
        "",
        "* Other",
        "(none)",
        "ada",
        "ada@",
        "@ada",
        "@ada@hachyderm.io",
        "ag@bekane-agb",
        "ada @example.org",
        "ada@example..org",
        "ada@-example.org",
        "ada@192.168.0.1",
        "a@x.org; b@y.org",
        "a@x.org ::: b@y.org",
    ] {
        assert!(!looks_like_email(text), "{text}");
    }
}

#[test]
fn every_kind_has_one_key_and_it_is_the_key_on_the_wire() {
    for kind in ContactKind::ALL {
        assert_eq!(ContactKind::from_key(kind.key()), Some(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.key());
    }
    assert_eq!(ContactKind::from_key("fax"), None);
    let keys = ContactKind::ALL.map(|kind| format!("\"{}\"", kind.key())).join(" | ");
    assert_eq!(ContactKind::inline(&ts_rs::Config::new()), keys);
}

#[test]
fn a_number_is_spaced_behind_its_calling_code_in_groups_of_three_and_never_one_alone() {
    for (typed, spaced) in [
        ("+49301234567", "+49 301 234 567"),
        ("+49 30 1234567", "+49 301 234 567"),
        ("+49 (0)30 123-4567", "+49 301 234 567"),
        ("+1-202-555-0100", "+1 202 555 0100"),
        ("+7 495 123 45 67", "+7 495 123 4567"),
        ("+442079460958", "+44 207 946 0958"),
        ("+98 21 1234 5678", "+98 211 234 5678"),
        ("+353 1 123 4567", "+353 112 345 67"),
        ("+2905", ""),
        ("+290 51234", "+290 512 34"),
        ("030 1234567", ""),
        ("0049 30 1234567", ""),
        ("+49 30 1234567 ext. 12", ""),
        ("+49 30 123 / +49 30 456", ""),
        ("+49 30 1234567 8901234567", ""),
        ("call me", ""),
        ("", ""),
    ] {
        assert_eq!(spaced_phone(typed).unwrap_or_default(), spaced, "{typed}");
    }
}

proptest! {
    #[test]
    fn a_spaced_number_is_the_same_number(typed in "[+] ?[0-9 ().-]{4,24}") {
        if let Some(spaced) = spaced_phone(&typed) {
            prop_assert_eq!(contact(ContactKind::Phone, &spaced), contact(ContactKind::Phone, &typed));
            prop_assert!(spaced.split(' ').skip(1).all(|group| (2..=4).contains(&group.len())), "{}", spaced);
            prop_assert_eq!(spaced_phone(&spaced), Some(spaced.clone()));
        }
    }

    #[test]
    fn folding_twice_is_folding_once(text in any::<String>()) {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn every_name_with_a_letter_agrees_with_itself(name in ".*\\p{L}.*") {
        prop_assert!(fold(&name).is_empty() || names_agree(&name, &name));
    }

    #[test]
    fn no_text_is_lost_or_breaks_a_normal_form(text in any::<String>(), at in 0..ContactKind::ALL.len()) {
        let norm = contact(ContactKind::ALL[at], &text);
        let visible = text.chars().any(|c| !c.is_whitespace() && !is_invisible(c));
        prop_assert!(!norm.is_empty() || !visible || looks_empty(&text), "{:?}", text);
    }

    #[test]
    fn the_normal_form_of_an_address_is_its_own(local in "[a-zA-Z0-9.+_-]{1,12}", domain in "[a-zA-Zäöß]{1,8}\\.[a-zA-Z]{2,5}") {
        let norm = contact(ContactKind::Email, &format!("{local}@{domain}"));
        prop_assert_eq!(contact(ContactKind::Email, &norm), norm.clone());
        prop_assert!(looks_like_email(&norm), "{}", norm);
    }
}

/// NFKC turns some lone marks into a space.
fn looks_empty(text: &str) -> bool {
    text.nfkc().all(|c| c.is_whitespace() || is_invisible(c))
}

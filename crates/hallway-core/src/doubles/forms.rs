//! The other forms in which people and organisations are written: pure, and small on purpose.
use crate::normal::words;
use std::{collections::HashMap, sync::LazyLock};

/// Given names with their short forms, in Latin letters; each line is one family, and a short form may be in several.
const GIVEN: &str = "
    alexander alexandre alessandro alejandro aleksander aleksandr alex sasha sascha xander sandro alec
    alexandra alessandra alejandra aleksandra alex sasha sandra lexi
    alexis alex lexi
    andrew andreas andrey andrei andrea andy drew andi
    anthony antonio anton tony toni
    benjamin ben benny
    benedict ben
    catherine katherine kathryn katharine katharina katarina catarina katarzyna kate katie kathy cathy kat kasia kathi cate
    charles carlos karl charlie chuck
    christopher christoph kristoffer cristobal chris kris christo topher
    christine christina cristina kristina christian chris kris tina
    daniel dan danny dani
    david dave davey davi
    deborah debra deb debbie
    dmitry dmitri dmitrii dmitriy dima mitya
    edward eduard eduardo ed eddie ted teddy ned lalo
    edwin ed eddie
    ekaterina katerina katya katia kate
    elena helena lena
    elizabeth elisabeth isabel elisabetta liz lizzie beth betty eliza lisa elsa lili liesel
    evgeny evgenii yevgeny eugene zhenya gene
    fernando nando
    francis francisco francesco franz frank fran paco pancho curro cisco frankie
    frances francisca francesca fran frankie paca
    frederick friedrich federico fred freddy fritz fede
    gabriel gabriela gabriella gabi gabe
    geoffrey jeffrey geoff jeff
    george georg jorge giorgio jordi
    giuseppe beppe peppe pino
    gregory grigory greg grisha
    guillermo guille memo
    gustavo gus tavo
    henry heinrich enrique enrico harry hank quique kike heinz
    ignacio nacho
    isabella isabel isa bella izzy
    ivan vanya
    jacob jakob jake jack kuba
    james jim jimmy jamie
    jennifer jen jenny jenni
    jessica jess jessie
    joanna johanna joan jo asia
    john johannes giovanni juan jack johnny jon hans jan gianni juanito
    jonathan jon johnny nathan
    jose josep pepe pep
    joseph josef joe joey jo sepp
    joshua josh
    kenneth ken kenny
    kimberly kim
    lawrence laurence lorenz lorenzo larry laurie enzo
    leonard leonardo leonid leo len lenny
    ludwig luigi luis louis lou lui
    magdalena magda lena maddie
    margaret margarete margarita margot maggie meg peggy greta marge gosia malgorzata rita gretel
    maria mariya marie masha mary molly mitzi
    matthew matthias matteo mateo matt matty teo
    maximilian maxim maksim maxime max
    michael mikhail miguel michel michele mikael michal mike mick mickey misha mikey micha
    natalia natalie nataliya natasha nat natalya
    nathaniel nathan nate nat
    nicholas nikolaus nicolas nikolai nikolay niklas klaus nick nico niko kolya nicky
    nicole nicola nicky nic nico
    olga olya
    oliver ollie olli
    olivia liv livvy
    pamela pam
    patrick patricio pat paddy rick
    patricia pat patty trish tricia patti
    pavel pasha
    peter pedro pietro petra pete petya
    philip phillip philippe felipe phil pip
    rafael raphael raffaele rafa raf
    raymond ray
    rebecca rebekah becky becca
    richard riccardo ricardo rich rick dick ricky richie
    robert roberto bob bobby rob robbie bert beto
    ronald ron ronnie
    rosario charo rosa
    samuel samantha sam sammy
    santiago santi diego
    sergey sergei sergio seryozha
    sofia sophia sophie sofie sonya
    stephen steven stefan stephan esteban stefano steve stevie stephane
    stephanie stefanie steph steffi
    susan susanne susanna susana sue susie suzy sanne
    sylvester vester
    tatiana tatyana tanya tania
    theodore theodor theo ted teddy
    thomas tomas tommaso tom tommy
    timothy timotheus tim timmy
    valentina valeria valerie val
    victor viktor vic vitya
    victoria viktoria vicky vika tori
    vladimir vova volodya vlad
    vladislav vlad slava
    vyacheslav slava
    wilhelm william guillaume willem bill billy will willy liam wim
    wolfgang wolf
    yulia julia yuliya julie jules julka
    yuri yury yura
    zachary zach zack zac
";

/// The words at the end of a company's name that say how it is registered, without points.
const LEGAL: &str = "inc incorporated ltd limited llc llp lp plc corp corporation co company gmbh ag kg kgaa ohg ug mbh ev se \
    sa sas sarl sl slu srl spa snc bv nv vof ab as asa oy oyj aps sro spzoo zoo sp ltda eireli lda pty pte pvt kk oo ooo zao \
    oao pao kft zrt doo dd ad eood sasu scs cv &";

/// The same in scripts that write no spaces; it stands before a name or after it.
const LEGAL_WITHOUT_SPACES: [&str; 6] =
    ["股份有限公司", "有限责任公司", "有限公司", "株式会社", "有限会社", "合同会社"];

/// What is before the @ of an address that is a desk's and nobody's own.
const ROLES: &str = "info hello hi contact contacts team office mail email support help sales marketing press media events event \
    community devrel developers developer dev admin administrator webmaster postmaster hostmaster jobs careers hr people \
    accounts accounting billing finance invoices legal privacy security abuse noc partners partnerships sponsors speakers \
    organizers organisers orga crew staff enquiries inquiries service kontakt buero hallo kundenservice noreply no-reply";

static FAMILIES: LazyLock<HashMap<&'static str, Vec<u16>>> = LazyLock::new(|| {
    let mut families: HashMap<&str, Vec<u16>> = HashMap::new();
    for (nth, line) in (0..).zip(GIVEN.lines()) {
        for name in line.split_whitespace() {
            families.entry(name).or_default().push(nth);
        }
    }
    families
});

/// Whether two words of names, in Latin letters and folded, are forms of one given name: "bob" and "robert".
pub(super) fn are_one_given_name(one: &str, other: &str) -> bool {
    match (FAMILIES.get(one), FAMILIES.get(other)) {
        (Some(one), Some(other)) => one.iter().any(|family| other.contains(family)),
        _ => false,
    }
}

/// The folded name of an organisation as it is compared: without how it is registered.
pub(super) fn plain_organisation(folded: &str) -> String {
    let mut bare = folded.trim();
    for legal in LEGAL_WITHOUT_SPACES {
        bare = bare.strip_prefix(legal).or_else(|| bare.strip_suffix(legal)).unwrap_or(bare).trim();
    }
    let together = bare.replace('.', "");
    let mut words: Vec<&str> =
        together.split([' ', ',', '(', ')', '/']).map(str::trim).filter(|word| !word.is_empty()).collect();
    while words.len() > 1 && words.last().is_some_and(|last| LEGAL.split_whitespace().any(|legal| legal == *last)) {
        words.pop();
    }
    if words.is_empty() { folded.to_owned() } else { words.join(" ") }
}

/// Whether an address, as it is compared, is a desk's: many read it.
pub(super) fn is_of_a_role(address: &str) -> bool {
    let own = address.split('@').next().unwrap_or_default();
    let own = own.split('+').next().unwrap_or_default();
    ROLES.split_whitespace().any(|role| role == own)
}

/// A name in a script that writes no spaces, as one word: 李 雷 is 李雷. Nothing for other names, and for a single sign.
pub(super) fn without_spaces(name: &str) -> Option<String> {
    if name.is_ascii() {
        return None;
    }
    let joined = words(name).concat();
    let whole = joined.chars().count() > 1 && joined.chars().all(writes_no_spaces);
    // It never is a name in Latin letters, and is told from one by how it begins.
    whole.then(|| format!("={joined}"))
}

fn writes_no_spaces(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}' |
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normal::fold;

    #[test]
    fn an_organisation_is_the_same_however_it_is_registered() {
        for name in
            ["ACME Inc", "Acme, Inc.", "acme GmbH", "Acme S.A.", "ACME GmbH & Co. KG", "Acme Pty Ltd", "Acme LLC"]
        {
            assert_eq!(plain_organisation(&fold(name)), "acme", "{name}");
        }
        assert_eq!(plain_organisation(&fold("株式会社青空")), plain_organisation("青空"));
        assert_eq!(
            (plain_organisation("co"), plain_organisation("se"), plain_organisation("acme labs")),
            ("co".into(), "se".into(), "acme labs".into())
        );
    }

    #[test]
    fn short_forms_and_addresses_of_desks_are_known() {
        for (one, other) in [
            ("bob", "robert"),
            ("kate", "katherine"),
            ("bill", "william"),
            ("liz", "elizabeth"),
            ("sasha", "alexander"),
            ("alex", "sasha"),
            ("mike", "michael"),
            ("tom", "thomas"),
            ("pepe", "jose"),
        ] {
            assert!(are_one_given_name(one, other) && are_one_given_name(other, one), "{one} {other}");
        }
        assert!(!are_one_given_name("bob", "william") && !are_one_given_name("kowalski", "kowalski"));
        assert!(
            is_of_a_role("info@acme.example")
                && is_of_a_role("hello+x@acme.example")
                && !is_of_a_role("bob@acme.example")
        );
    }
}

//! The words people put over their columns.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;

use super::mapping::ImportTarget;
use crate::normal::fold;

/// What a header says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    pub target: ImportTarget,
    /// Of two columns for one field the lower wins: "Job title" before "Title".
    pub rank: usize,
}

/// The meaning of a header, or `None` when its words are not known. `E-Mail 2 Address`, `email_address` and
/// `EmailAddress` are the same words.
pub(super) fn meaning(header: &str) -> Option<Meaning> {
    MEANINGS.get(key(header).as_str()).copied()
}

/// A header without case, accents, digits and everything between letters.
pub(super) fn key(header: &str) -> String {
    fold(header).chars().filter(|c| c.is_alphabetic() || is_combining_mark(*c)).collect()
}

static MEANINGS: LazyLock<HashMap<String, Meaning>> = LazyLock::new(|| {
    let mut meanings = HashMap::new();
    for (target, words) in WORDS {
        for (rank, word) in words.split_whitespace().enumerate() {
            meanings.insert(key(word), Meaning { target: *target, rank });
        }
    }
    meanings
});

/// English first, then German, French, Spanish, Portuguese, Italian, Dutch, Polish, Scandinavian, Russian, Japanese and
/// Chinese where they differ. `nom`, `nombre`, `nome`, `name` and `naam` can be a part of a name: see `layouts`.
/// Nothing postal is here on purpose: an address is kept for a reason that the person gave, never by default.
const WORDS: &[(ImportTarget, &str)] = &[
    (
        ImportTarget::Name,
        "fullname displayname name contactname personname attendeename participantname speakername ticketfullname \
         membername realname participant teilnehmer participante who \
         vollstandigername nomcomplet nomprenom nombrecompleto nombreyapellidos nomecompleto nomecognome volledigenaam \
         naam namn navn nimi фио 氏名 名前 姓名 이름",
    ),
    (
        ImportTarget::FirstName,
        "firstname givenname forename first fname ticketfirstname vorname prenom nombre nombres nome voornaam imie \
         fornamn fornavn etunimi имя 名",
    ),
    (ImportTarget::MiddleName, "middlename middle additionalname secondname mi zweitername отчество"),
    (
        ImportTarget::LastName,
        "lastname surname familyname last lname ticketlastname nachname familienname nom nomdefamille apellidos apellido \
         cognome sobrenome apelido achternaam nazwisko efternamn etternavn efternavn sukunimi фамилия 姓",
    ),
    (ImportTarget::Nickname, "nickname nick alias preferredname spitzname surnom apodo"),
    (ImportTarget::Pronouns, "pronouns pronoun yourpronouns yourpronoun pronomen pronoms pronombres"),
    (
        ImportTarget::Organisation,
        "organisation organization company companyname organisationname organizationname associatedcompany \
         ticketcompanyname employer org firm firma unternehmen organisationsname arbeitgeber entreprise societe empresa \
         organizacion organizacao azienda bedrijf organisatie foretag virksomhed компания организация 会社名 会社 公司",
    ),
    (
        ImportTarget::RoleTitle,
        "roletitle jobtitle position job role tagline jobrole title occupation profession berufsbezeichnung beruf rolle \
         funktion stelle poste fonction cargo puesto ruolo qualifica functie stanowisko tittel titel должность 役職 职位",
    ),
    (
        ImportTarget::City,
        "city town stadt wohnort ort ville ciudad cidade citta stad plaats miasto город 市区町村 城市",
    ),
    (
        ImportTarget::Country,
        "country countryname countryregion countrycode nation land pays pais paese kraj страна 国 国家 where",
    ),
    (
        ImportTarget::Languages,
        "languages language spokenlanguages speaks sprachen sprache langues langue idiomas idioma lingue lingua talen",
    ),
    (
        ImportTarget::Newsletter,
        "newsletter newsletteroptin newslettersubscription newslettersubscribed newslettersignup newsletterconsent \
         subscribetonewsletter subscribedtonewsletter wantsnewsletter optin optedin emailoptin emailoptedin \
         marketingoptin subscribed subscribedtoemails emailsubscribed issubscribed acceptsmarketing \
         acceptsemailmarketing marketingconsent emailmarketingconsent emailconsent marketingemails mailinglist \
         newsletteranmeldung newsletterabo infolettre boletin boletim nieuwsbrief рассылка メルマガ 订阅 뉴스레터",
    ),
    (
        ImportTarget::SignedUpOn,
        "newslettersince optedinon optedinat optindate optintime optinon optinat newsletteroptindate newsletterdate \
         subscribedon subscribedat subscribedsince subscribeddate subscriptiondate confirmtime confirmedat confirmedon \
         consentdate consentgivenon signupdate signupday signuptime signedupon signedupat signedup dateofsignup \
         anmeldedatum angemeldetam dateinscription fechadealta",
    ),
    (ImportTarget::TimeZone, "timezone tz zeitzone fuseauhoraire zonahoraria"),
    (
        ImportTarget::Notes,
        "notes note comments comment remarks memo notizen notiz bemerkung bemerkungen remarques notas appunti opmerkingen",
    ),
    (ImportTarget::BuildingNow, "buildingnow building workingon currentproject whatareyoubuilding"),
    (ImportTarget::Challenges, "challenges challenge painpoints stuckon"),
    (
        ImportTarget::Tags,
        "tags tag labels label categories category topics topic interests interest schlagworte kategorien etiquettes \
         etiquetas categorias",
    ),
    (
        ImportTarget::Stack,
        "stack workswith techstack technologies technology programminglanguages programminglanguage frameworks",
    ),
    (
        ImportTarget::MetOn,
        "meton connectedon firstmet firstmeton dateconnected connectiondate metdate datemet getroffenam kennengelernt kennengelerntam \
         datum date fecha data",
    ),
    (
        ImportTarget::LastContacted,
        "lastcontacted lastcontact lastcontactedon lastcontacton lastcontactdate lastcontacteddate lastinteraction \
         lasttouchpoint lastemailed lastwroteto letzterkontakt derniercontact ultimocontacto ultimocontatto \
         laatstecontact",
    ),
    (
        ImportTarget::LastMet,
        "lastmet lastmeton lastmetdate lastmeeting lastmeetingdate lastsaw lastseen zuletztgetroffen letztestreffen \
         derniererencontre ultimoencuentro",
    ),
    (
        ImportTarget::LastSpoke,
        "lasttalked lasttalkedto lastspoke lastspokeon lastspoketo lastconversation lastcall lastcalled \
         zuletztgesprochen letztesgesprach letzteranruf",
    ),
    (
        ImportTarget::LastHeard,
        "lastheardfrom lastheard lastreply lastreplied lastrepliedon lastresponse lastanswer letzteantwort",
    ),
    (ImportTarget::Said, "whatwassaid conversation conversationnotes talkedabout lastnote meetingnotes"),
    (
        ImportTarget::Email,
        "email emailaddress mail primaryemail workemail businessemail personalemail homeemail ticketemail \
         attendeeemail contactemail yourmail youremail emailadresse mailadresse courriel adressemail adresseemail \
         correo correoelectronico enderecodeemail indirizzoemail emailadres epost epostadress почта электроннаяпочта \
         メール メールアドレス 邮箱 电子邮件",
    ),
    (
        ImportTarget::Phone,
        "phone phonenumber mobile mobilephone mobilenumber mobilephonenumber cell cellphone tel telephone \
         telephonenumber primaryphone homephone workphone businessphone otherphone contactphone contactphonenumber \
         telefon telefonnummer handy handynummer mobil mobiltelefon rufnummer portable telefono movil celular telefone \
         cellulare telefoon mobiel телефон 電話番号 電話 电话 手机",
    ),
    (
        ImportTarget::Website,
        "website url web webpage homepage blog site personalwebsite personalwebpage websiteurl blogurl webseite siteweb \
         sitioweb sitoweb",
    ),
    (ImportTarget::Github, "github githubusername githubhandle githubprofile githuburl githublogin githubuser"),
    (ImportTarget::Gitlab, "gitlab gitlabusername gitlabhandle gitlabprofile gitlaburl gitlabuser"),
    (
        ImportTarget::Linkedin,
        "linkedin linkedinurl linkedinprofile linkedinprofileurl personlinkedinurl linkedinhandle linkedinlink",
    ),
    (ImportTarget::Mastodon, "mastodon mastodonhandle mastodonurl mastodonaccount fediverse accountaddress"),
    (ImportTarget::Bluesky, "bluesky blueskyhandle bsky bskyhandle blueskyurl"),
    (
        ImportTarget::X,
        "x twitter twitterhandle twitterusername twitterurl twitterprofile xhandle xusername xtwitter twitterx xurl",
    ),
    (ImportTarget::Reddit, "reddit reddituser redditusername reddithandle redditurl"),
    (ImportTarget::Discord, "discord discordhandle discordusername discorduser discordname discordid"),
    (ImportTarget::Slack, "slack slackhandle slackusername slackid slackuser"),
    (ImportTarget::Matrix, "matrix matrixid matrixhandle"),
    (ImportTarget::Irc, "irc ircnick irchandle"),
    (ImportTarget::Rss, "rss rssfeed feed feedurl rssurl"),
    (ImportTarget::Other, "other"),
];

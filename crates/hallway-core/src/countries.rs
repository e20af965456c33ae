//! Countries by ISO 3166-1 code, and the ways people write them.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;

use crate::normal::fold;

/// The code of the country a text names: its ISO 3166-1 alpha-2 or alpha-3 code, its English name, or a common variant.
/// Case, accents, punctuation and a leading "the" do not matter. A text that names none gives `None`: keep it as it is.
pub fn code_of(text: &str) -> Option<&'static str> {
    let key = key(text);
    CODES.get(key.as_str()).copied().or_else(|| CODES.get(key.strip_prefix("the")?).copied())
}

/// The English name of an ISO 3166-1 alpha-2 code, in either case.
pub fn name_of(code: &str) -> Option<&'static str> {
    COUNTRIES.iter().find(|(known, _)| known.eq_ignore_ascii_case(code)).map(|(_, name)| *name)
}

static CODES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut codes = HashMap::new();
    for ((code, name), long) in COUNTRIES.iter().zip(ALPHA3.split_whitespace()) {
        codes.insert(key(code), *code);
        codes.insert(key(long), *code);
        codes.insert(key(name), *code);
    }
    for (code, names) in VARIANTS {
        for name in *names {
            codes.insert(key(name), *code);
        }
    }
    codes
});

/// Letters and digits only, so that "U.S.A.", "Guinea-Bissau" and "Trinidad & Tobago" are found however they are set.
fn key(text: &str) -> String {
    fold(text).replace('&', "and").chars().filter(|c| c.is_alphanumeric() || is_combining_mark(*c)).collect()
}

/// Every ISO 3166-1 alpha-2 code with its usual English name, by code.
#[rustfmt::skip]
pub const COUNTRIES: &[(&str, &str)] = &[
    ("AD", "Andorra"), ("AE", "United Arab Emirates"), ("AF", "Afghanistan"), ("AG", "Antigua and Barbuda"),
    ("AI", "Anguilla"), ("AL", "Albania"), ("AM", "Armenia"), ("AO", "Angola"), ("AQ", "Antarctica"),
    ("AR", "Argentina"), ("AS", "American Samoa"), ("AT", "Austria"), ("AU", "Australia"), ("AW", "Aruba"),
    ("AX", "Åland Islands"), ("AZ", "Azerbaijan"), ("BA", "Bosnia and Herzegovina"), ("BB", "Barbados"),
    ("BD", "Bangladesh"), ("BE", "Belgium"), ("BF", "Burkina Faso"), ("BG", "Bulgaria"), ("BH", "Bahrain"),
    ("BI", "Burundi"), ("BJ", "Benin"), ("BL", "Saint Barthélemy"), ("BM", "Bermuda"), ("BN", "Brunei"),
    ("BO", "Bolivia"), ("BQ", "Caribbean Netherlands"), ("BR", "Brazil"), ("BS", "Bahamas"), ("BT", "Bhutan"),
    ("BV", "Bouvet Island"), ("BW", "Botswana"), ("BY", "Belarus"), ("BZ", "Belize"), ("CA", "Canada"),
    ("CC", "Cocos Islands"), ("CD", "Congo (Kinshasa)"), ("CF", "Central African Republic"),
    ("CG", "Congo (Brazzaville)"), ("CH", "Switzerland"), ("CI", "Côte d’Ivoire"), ("CK", "Cook Islands"),
    ("CL", "Chile"), ("CM", "Cameroon"), ("CN", "China"), ("CO", "Colombia"), ("CR", "Costa Rica"), ("CU", "Cuba"),
    ("CV", "Cape Verde"), ("CW", "Curaçao"), ("CX", "Christmas Island"), ("CY", "Cyprus"), ("CZ", "Czechia"),
    ("DE", "Germany"), ("DJ", "Djibouti"), ("DK", "Denmark"), ("DM", "Dominica"), ("DO", "Dominican Republic"),
    ("DZ", "Algeria"), ("EC", "Ecuador"), ("EE", "Estonia"), ("EG", "Egypt"), ("EH", "Western Sahara"),
    ("ER", "Eritrea"), ("ES", "Spain"), ("ET", "Ethiopia"), ("FI", "Finland"), ("FJ", "Fiji"),
    ("FK", "Falkland Islands"), ("FM", "Micronesia"), ("FO", "Faroe Islands"), ("FR", "France"), ("GA", "Gabon"),
    ("GB", "United Kingdom"), ("GD", "Grenada"), ("GE", "Georgia"), ("GF", "French Guiana"), ("GG", "Guernsey"),
    ("GH", "Ghana"), ("GI", "Gibraltar"), ("GL", "Greenland"), ("GM", "Gambia"), ("GN", "Guinea"),
    ("GP", "Guadeloupe"), ("GQ", "Equatorial Guinea"), ("GR", "Greece"),
    ("GS", "South Georgia and the South Sandwich Islands"), ("GT", "Guatemala"), ("GU", "Guam"),
    ("GW", "Guinea-Bissau"), ("GY", "Guyana"), ("HK", "Hong Kong"), ("HM", "Heard Island and McDonald Islands"),
    ("HN", "Honduras"), ("HR", "Croatia"), ("HT", "Haiti"), ("HU", "Hungary"), ("ID", "Indonesia"), ("IE", "Ireland"),
    ("IL", "Israel"), ("IM", "Isle of Man"), ("IN", "India"), ("IO", "British Indian Ocean Territory"),
    ("IQ", "Iraq"), ("IR", "Iran"), ("IS", "Iceland"), ("IT", "Italy"), ("JE", "Jersey"), ("JM", "Jamaica"),
    ("JO", "Jordan"), ("JP", "Japan"), ("KE", "Kenya"), ("KG", "Kyrgyzstan"), ("KH", "Cambodia"), ("KI", "Kiribati"),
    ("KM", "Comoros"), ("KN", "Saint Kitts and Nevis"), ("KP", "North Korea"), ("KR", "South Korea"),
    ("KW", "Kuwait"), ("KY", "Cayman Islands"), ("KZ", "Kazakhstan"), ("LA", "Laos"), ("LB", "Lebanon"),
    ("LC", "Saint Lucia"), ("LI", "Liechtenstein"), ("LK", "Sri Lanka"), ("LR", "Liberia"), ("LS", "Lesotho"),
    ("LT", "Lithuania"), ("LU", "Luxembourg"), ("LV", "Latvia"), ("LY", "Libya"), ("MA", "Morocco"), ("MC", "Monaco"),
    ("MD", "Moldova"), ("ME", "Montenegro"), ("MF", "Saint Martin"), ("MG", "Madagascar"), ("MH", "Marshall Islands"),
    ("MK", "North Macedonia"), ("ML", "Mali"), ("MM", "Myanmar"), ("MN", "Mongolia"), ("MO", "Macao"),
    ("MP", "Northern Mariana Islands"), ("MQ", "Martinique"), ("MR", "Mauritania"), ("MS", "Montserrat"),
    ("MT", "Malta"), ("MU", "Mauritius"), ("MV", "Maldives"), ("MW", "Malawi"), ("MX", "Mexico"), ("MY", "Malaysia"),
    ("MZ", "Mozambique"), ("NA", "Namibia"), ("NC", "New Caledonia"), ("NE", "Niger"), ("NF", "Norfolk Island"),
    ("NG", "Nigeria"), ("NI", "Nicaragua"), ("NL", "Netherlands"), ("NO", "Norway"), ("NP", "Nepal"), ("NR", "Nauru"),
    ("NU", "Niue"), ("NZ", "New Zealand"), ("OM", "Oman"), ("PA", "Panama"), ("PE", "Peru"),
    ("PF", "French Polynesia"), ("PG", "Papua New Guinea"), ("PH", "Philippines"), ("PK", "Pakistan"),
    ("PL", "Poland"), ("PM", "Saint Pierre and Miquelon"), ("PN", "Pitcairn Islands"), ("PR", "Puerto Rico"),
    ("PS", "Palestine"), ("PT", "Portugal"), ("PW", "Palau"), ("PY", "Paraguay"), ("QA", "Qatar"), ("RE", "Réunion"),
    ("RO", "Romania"), ("RS", "Serbia"), ("RU", "Russia"), ("RW", "Rwanda"), ("SA", "Saudi Arabia"),
    ("SB", "Solomon Islands"), ("SC", "Seychelles"), ("SD", "Sudan"), ("SE", "Sweden"), ("SG", "Singapore"),
    ("SH", "Saint Helena"), ("SI", "Slovenia"), ("SJ", "Svalbard and Jan Mayen"), ("SK", "Slovakia"),
    ("SL", "Sierra Leone"), ("SM", "San Marino"), ("SN", "Senegal"), ("SO", "Somalia"), ("SR", "Suriname"),
    ("SS", "South Sudan"), ("ST", "São Tomé and Príncipe"), ("SV", "El Salvador"), ("SX", "Sint Maarten"),
    ("SY", "Syria"), ("SZ", "Eswatini"), ("TC", "Turks and Caicos Islands"), ("TD", "Chad"),
    ("TF", "French Southern Territories"), ("TG", "Togo"), ("TH", "Thailand"), ("TJ", "Tajikistan"),
    ("TK", "Tokelau"), ("TL", "Timor-Leste"), ("TM", "Turkmenistan"), ("TN", "Tunisia"), ("TO", "Tonga"),
    ("TR", "Türkiye"), ("TT", "Trinidad and Tobago"), ("TV", "Tuvalu"), ("TW", "Taiwan"), ("TZ", "Tanzania"),
    ("UA", "Ukraine"), ("UG", "Uganda"), ("UM", "U.S. Outlying Islands"), ("US", "United States"), ("UY", "Uruguay"),
    ("UZ", "Uzbekistan"), ("VA", "Vatican City"), ("VC", "Saint Vincent and the Grenadines"), ("VE", "Venezuela"),
    ("VG", "British Virgin Islands"), ("VI", "U.S. Virgin Islands"), ("VN", "Vietnam"), ("VU", "Vanuatu"),
    ("WF", "Wallis and Futuna"), ("WS", "Samoa"), ("YE", "Yemen"), ("YT", "Mayotte"), ("ZA", "South Africa"),
    ("ZM", "Zambia"), ("ZW", "Zimbabwe"),
];

/// The alpha-3 codes, in the order of [`COUNTRIES`].
#[rustfmt::skip]
const ALPHA3: &str = "\
    AND ARE AFG ATG AIA ALB ARM AGO ATA ARG ASM AUT AUS ABW ALA AZE BIH BRB BGD BEL BFA BGR BHR BDI BEN BLM BMU BRN \
    BOL BES BRA BHS BTN BVT BWA BLR BLZ CAN CCK COD CAF COG CHE CIV COK CHL CMR CHN COL CRI CUB CPV CUW CXR CYP CZE \
    DEU DJI DNK DMA DOM DZA ECU EST EGY ESH ERI ESP ETH FIN FJI FLK FSM FRO FRA GAB GBR GRD GEO GUF GGY GHA GIB GRL \
    GMB GIN GLP GNQ GRC SGS GTM GUM GNB GUY HKG HMD HND HRV HTI HUN IDN IRL ISR IMN IND IOT IRQ IRN ISL ITA JEY JAM \
    JOR JPN KEN KGZ KHM KIR COM KNA PRK KOR KWT CYM KAZ LAO LBN LCA LIE LKA LBR LSO LTU LUX LVA LBY MAR MCO MDA MNE \
    MAF MDG MHL MKD MLI MMR MNG MAC MNP MTQ MRT MSR MLT MUS MDV MWI MEX MYS MOZ NAM NCL NER NFK NGA NIC NLD NOR NPL \
    NRU NIU NZL OMN PAN PER PYF PNG PHL PAK POL SPM PCN PRI PSE PRT PLW PRY QAT REU ROU SRB RUS RWA SAU SLB SYC SDN \
    SWE SGP SHN SVN SJM SVK SLE SMR SEN SOM SUR SSD STP SLV SXM SYR SWZ TCA TCD ATF TGO THA TJK TKL TLS TKM TUN TON \
    TUR TTO TUV TWN TZA UKR UGA UMI USA URY UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM MYT ZAF ZMB ZWE";

/// Long, older and local names that people write for a country.
#[rustfmt::skip]
const VARIANTS: &[(&str, &[&str])] = &[
    ("AE", &["UAE", "Emirates"]),
    ("AT", &["Österreich", "Autriche"]),
    ("BA", &["Bosnia"]),
    ("BE", &["België", "Belgique", "Belgien"]),
    ("BG", &["България"]),
    ("BN", &["Brunei Darussalam"]),
    ("BO", &["Plurinational State of Bolivia"]),
    ("BQ", &["Bonaire, Sint Eustatius and Saba", "Bonaire"]),
    ("BR", &["Brasil", "Brésil", "Brasilien"]),
    ("BY", &["Беларусь", "Byelorussia"]),
    ("CC", &["Cocos (Keeling) Islands", "Keeling Islands"]),
    ("CD", &["DR Congo", "DRC", "Democratic Republic of the Congo", "Congo, The Democratic Republic of the", "Congo-Kinshasa", "Zaire"]),
    ("CG", &["Congo", "Republic of the Congo", "Congo-Brazzaville"]),
    ("CH", &["Schweiz", "Suisse", "Svizzera", "Swiss"]),
    ("CI", &["Ivory Coast"]),
    ("CN", &["PRC", "People’s Republic of China", "Mainland China", "中国", "中國"]),
    ("CV", &["Cabo Verde"]),
    ("CZ", &["Czech Republic", "Česko", "Česká republika"]),
    ("DE", &["Deutschland", "Allemagne", "Alemania", "Alemanha", "Federal Republic of Germany"]),
    ("DK", &["Danmark"]),
    ("DZ", &["Algérie", "الجزائر"]),
    ("EE", &["Eesti"]),
    ("EG", &["مصر"]),
    ("ES", &["España", "Espagne", "Spanien", "Espanha"]),
    ("FI", &["Suomi"]),
    ("FK", &["Falkland Islands (Malvinas)", "Malvinas"]),
    ("FM", &["Federated States of Micronesia"]),
    ("FR", &["Frankreich", "Francia", "França", "République française"]),
    ("GB", &["UK", "Great Britain", "Britain", "England", "Scotland", "Wales", "Northern Ireland", "Vereinigtes Königreich", "Royaume-Uni", "Reino Unido", "United Kingdom of Great Britain and Northern Ireland"]),
    ("GR", &["Ελλάδα", "Hellas", "EL"]),
    ("HK", &["Hong Kong SAR", "香港"]),
    ("HR", &["Hrvatska"]),
    ("HU", &["Magyarország"]),
    ("ID", &["Republic of Indonesia"]),
    ("IE", &["Éire", "Republic of Ireland"]),
    ("IL", &["ישראל"]),
    ("IN", &["Bharat", "भारत"]),
    ("IR", &["Islamic Republic of Iran", "Persia", "ایران"]),
    ("IS", &["Ísland"]),
    ("IT", &["Italia", "Italie", "Italien"]),
    ("JP", &["日本", "Japon", "Nippon"]),
    ("KE", &["Republic of Kenya"]),
    ("KP", &["Democratic People’s Republic of Korea", "DPRK"]),
    ("KR", &["Korea", "Republic of Korea", "Korea, Republic of", "Korea, South", "ROK", "대한민국", "한국"]),
    ("LA", &["Lao People’s Democratic Republic", "Lao PDR"]),
    ("LT", &["Lietuva"]),
    ("LV", &["Latvija"]),
    ("LY", &["Libyan Arab Jamahiriya"]),
    ("MA", &["Maroc", "المغرب"]),
    ("MD", &["Republic of Moldova"]),
    ("MF", &["Saint Martin (French part)"]),
    ("MK", &["Macedonia", "Republic of North Macedonia", "FYROM"]),
    ("MM", &["Burma"]),
    ("MO", &["Macau"]),
    ("MX", &["México", "Mexiko"]),
    ("NL", &["The Netherlands", "Holland", "Nederland", "Niederlande", "Pays-Bas", "Países Bajos"]),
    ("NO", &["Norge", "Noreg"]),
    ("NZ", &["Aotearoa"]),
    ("PE", &["Perú"]),
    ("PH", &["Pilipinas", "The Philippines"]),
    ("PL", &["Polska", "Polen", "Pologne"]),
    ("PN", &["Pitcairn"]),
    ("PS", &["State of Palestine", "Palestinian Territories", "Palestinian Territory"]),
    ("RO", &["România"]),
    ("RS", &["Srbija", "Србија"]),
    ("RU", &["Russian Federation", "Россия"]),
    ("SA", &["KSA", "السعودية", "المملكة العربية السعودية"]),
    ("SE", &["Sverige", "Schweden", "Suède"]),
    ("SH", &["Saint Helena, Ascension and Tristan da Cunha"]),
    ("SI", &["Slovenija"]),
    ("SK", &["Slovensko", "Slovak Republic"]),
    ("SX", &["Sint Maarten (Dutch part)"]),
    ("SY", &["Syrian Arab Republic"]),
    ("SZ", &["Swaziland"]),
    ("TH", &["ประเทศไทย", "ไทย"]),
    ("TL", &["East Timor"]),
    ("TR", &["Turkey", "Turkiye", "Türkei"]),
    ("TW", &["Taiwan, Province of China", "Chinese Taipei", "台灣", "台湾"]),
    ("TZ", &["United Republic of Tanzania"]),
    ("UA", &["Україна", "Украина"]),
    ("UM", &["United States Minor Outlying Islands"]),
    ("US", &["USA", "U.S.A.", "U.S.", "United States of America", "America", "Vereinigte Staaten", "États-Unis", "Estados Unidos", "EEUU", "EUA"]),
    ("VA", &["Holy See", "Holy See (Vatican City State)"]),
    ("VE", &["Bolivarian Republic of Venezuela"]),
    ("VG", &["Virgin Islands, British"]),
    ("VI", &["Virgin Islands, U.S.", "United States Virgin Islands"]),
    ("VN", &["Viet Nam", "Việt Nam"]),
    ("ZA", &["RSA", "Südafrika"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_is_found_by_its_codes_and_its_name() {
        assert_eq!(COUNTRIES.len(), 249);
        assert_eq!(ALPHA3.split_whitespace().count(), 249);
        for ((code, name), long) in COUNTRIES.iter().zip(ALPHA3.split_whitespace()) {
            assert_eq!(code_of(code), Some(*code));
            assert_eq!(code_of(&code.to_lowercase()), Some(*code));
            assert_eq!(code_of(long), Some(*code), "{long}");
            assert_eq!(code_of(name), Some(*code), "{name}");
            assert_eq!(name_of(code), Some(*name));
        }
    }

    #[test]
    fn no_two_countries_share_a_spelling() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        let named = COUNTRIES
            .iter()
            .zip(ALPHA3.split_whitespace())
            .flat_map(|((code, name), long)| [(*code, *code), (*code, long), (*code, *name)]);
        let other = VARIANTS.iter().flat_map(|(code, names)| names.iter().map(move |name| (*code, *name)));
        for (code, name) in named.chain(other) {
            assert_eq!(*seen.entry(key(name)).or_insert(code), code, "{name}");
        }
    }

    #[test]
    fn people_write_countries_in_many_ways() {
        for (text, code) in [
            ("U.S.A.", "US"),
            ("usa", "US"),
            ("United States of America", "US"),
            ("U.K.", "GB"),
            ("England", "GB"),
            ("The Netherlands", "NL"),
            ("the gambia", "GM"),
            ("Viet Nam", "VN"),
            ("Turkey", "TR"),
            ("turkiye", "TR"),
            ("COTE D'IVOIRE", "CI"),
            ("Ivory Coast", "CI"),
            ("Deutschland", "DE"),
            ("espana", "ES"),
            ("日本", "JP"),
            (" Trinidad & Tobago ", "TT"),
            ("Korea, Republic of", "KR"),
            ("भारत", "IN"),
            ("Россия", "RU"),
            ("São Tomé and Príncipe", "ST"),
        ] {
            assert_eq!(code_of(text), Some(code), "{text}");
        }
    }

    #[test]
    fn what_is_no_country_is_left_alone() {
        for text in ["", " ", "Online", "Atlantis", "EMEA", "the", "ZZ", "🇩🇪"] {
            assert_eq!(code_of(text), None, "{text}");
        }
        assert_eq!(name_of("ZZ"), None);
    }
}

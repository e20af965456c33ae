//! The regions and sub-regions of the world by UN M49, and which countries lie in each.
//!
//! Source: United Nations Statistics Division, Standard country or area codes for statistical use (M49). Taiwan, which
//! M49 does not list by itself, is counted where it lies: in Eastern Asia. Antarctica belongs to no region.

/// A part of the world that M49 names.
#[derive(Debug, PartialEq)]
pub struct Region {
    /// M49, three digits.
    pub code: &'static str,
    /// How it is written in a filter.
    pub key: &'static str,
    pub name: &'static str,
    /// Codes of the parts it is made of; a sub-region is made of none.
    parts: &'static [&'static str],
    /// ISO 3166-1 alpha-2, separated by spaces; of sub-regions only.
    countries: &'static str,
}

impl Region {
    /// The countries that lie in it, in no order.
    pub fn countries(&self) -> Vec<&'static str> {
        let own = self.countries.split_whitespace();
        own.chain(self.parts.iter().filter_map(|code| by_code(code)).flat_map(Region::countries)).collect()
    }
    /// Whether it is no part of something that is made of sub-regions: what a person would name first.
    pub fn is_whole(&self) -> bool {
        ["002", "019", "142", "150", "009"].contains(&self.code)
    }
}

/// The region with this M49 code.
pub fn by_code(code: &str) -> Option<&'static Region> {
    REGIONS.iter().find(|region| region.code == code)
}

/// The regions a country lies in, the smallest first.
pub fn of_country(country: &str) -> Vec<&'static Region> {
    let mut regions: Vec<&Region> = REGIONS.iter().filter(|region| region.countries().contains(&country)).collect();
    regions.sort_by_key(|region| region.countries().len());
    regions
}

const fn whole(code: &'static str, key: &'static str, name: &'static str, parts: &'static [&'static str]) -> Region {
    Region { code, key, name, parts, countries: "" }
}
const fn part(code: &'static str, key: &'static str, name: &'static str, countries: &'static str) -> Region {
    Region { code, key, name, parts: &[], countries }
}

/// Every region: the five, what lies between, then the sub-regions.
#[rustfmt::skip]
pub const REGIONS: &[Region] = &[
    whole("002", "africa", "Africa", &["015", "202"]),
    whole("019", "americas", "Americas", &["419", "021"]),
    whole("142", "asia", "Asia", &["143", "030", "035", "034", "145"]),
    whole("150", "europe", "Europe", &["151", "154", "039", "155"]),
    whole("009", "oceania", "Oceania", &["053", "054", "057", "061"]),

    whole("202", "sub-saharan-africa", "Sub-Saharan Africa", &["014", "017", "018", "011"]),
    whole("419", "latin-america", "Latin America and the Caribbean", &["029", "013", "005"]),
    whole("003", "north-america", "North America", &["021", "029", "013"]),

    part("015", "northern-africa", "Northern Africa", "DZ EG LY MA SD TN EH"),
    part("014", "eastern-africa", "Eastern Africa", "IO BI KM DJ ER ET TF KE MG MW MU YT MZ RE RW SC SO SS UG TZ ZM ZW"),
    part("017", "middle-africa", "Middle Africa", "AO CM CF TD CG CD GQ GA ST"),
    part("018", "southern-africa", "Southern Africa", "BW SZ LS NA ZA"),
    part("011", "western-africa", "Western Africa", "BJ BF CV CI GM GH GN GW LR ML MR NE NG SH SN SL TG"),
    part("029", "caribbean", "Caribbean", "AI AG AW BS BB BQ VG KY CU CW DM DO GD GP HT JM MQ MS PR BL KN LC MF VC SX TT TC VI"),
    part("013", "central-america", "Central America", "BZ CR SV GT HN MX NI PA"),
    part("005", "south-america", "South America", "AR BO BV BR CL CO EC FK GF GY PY PE GS SR UY VE"),
    part("021", "northern-america", "Northern America", "BM CA GL PM US"),
    part("143", "central-asia", "Central Asia", "KZ KG TJ TM UZ"),
    part("030", "eastern-asia", "Eastern Asia", "CN HK MO KP JP MN KR TW"),
    part("035", "south-eastern-asia", "South-eastern Asia", "BN KH ID LA MY MM PH SG TH TL VN"),
    part("034", "southern-asia", "Southern Asia", "AF BD BT IN IR MV NP PK LK"),
    part("145", "western-asia", "Western Asia", "AM AZ BH CY GE IQ IL JO KW LB OM QA SA PS SY TR AE YE"),
    part("151", "eastern-europe", "Eastern Europe", "BY BG CZ HU PL MD RO RU SK UA"),
    part("154", "northern-europe", "Northern Europe", "AX DK EE FO FI GG IS IE IM JE LV LT NO SJ SE GB"),
    part("039", "southern-europe", "Southern Europe", "AL AD BA HR GI GR VA IT MT ME MK PT SM RS SI ES XK"),
    part("155", "western-europe", "Western Europe", "AT BE FR DE LI LU MC NL CH"),
    part("053", "australia-and-new-zealand", "Australia and New Zealand", "AU CX CC HM NZ NF"),
    part("054", "melanesia", "Melanesia", "FJ NC PG SB VU"),
    part("057", "micronesia", "Micronesia", "GU KI MH FM NR MP PW UM"),
    part("061", "polynesia", "Polynesia", "AS CK PF NU PN WS TK TO TV WF"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::countries::COUNTRIES;

    #[test]
    fn every_country_but_antarctica_lies_in_one_region_and_one_part_of_it() {
        for (code, name) in COUNTRIES.iter().filter(|(code, _)| *code != "AQ") {
            let of = |kind: fn(&Region) -> bool| of_country(code).into_iter().filter(|r| kind(r)).count();
            assert_eq!((of(Region::is_whole), of(|r| r.parts.is_empty())), (1, 1), "{name}");
        }
        assert_eq!(of_country("AQ"), Vec::<&Region>::new());
    }

    #[test]
    fn no_region_names_a_country_that_is_none_or_a_part_that_is_none() {
        for region in REGIONS {
            assert!(region.parts.iter().all(|code| by_code(code).is_some()), "{}", region.name);
            let known = |code: &&str| *code == "XK" || COUNTRIES.iter().any(|(known, _)| known == code);
            assert!(region.countries().iter().all(known), "{}", region.name);
        }
    }

    #[test]
    fn kenya_lies_in_eastern_africa_south_of_the_sahara_in_africa() {
        let keys: Vec<&str> = of_country("KE").iter().map(|region| region.key).collect();
        assert_eq!(keys, ["eastern-africa", "sub-saharan-africa", "africa"]);
    }
}

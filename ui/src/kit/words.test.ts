import { describe, expect, test } from "vitest";
import {
  countryName,
  inSentence,
  languageNames,
  listed,
  numbersIn,
  objective,
  people,
  possessive,
  undoneWords,
} from "./words";

describe("words", () => {
  test.each([
    ["she/her", "her", "her"],
    ["He / him", "his", "him"],
    ["they", "their", "them"],
    [null, "their", "them"],
    ["xe/xem", "their", "them"],
  ])("%s: %s work, thank %s", (pronouns, own, object) => {
    expect(possessive(pronouns)).toBe(own);
    expect(objective(pronouns)).toBe(object);
  });

  test("people are counted in words", () => {
    expect(people(1)).toBe("1 person");
    expect(people(0)).toBe("0 people");
  });

  test.each([
    ["en-US-u-va-posix", "12,406"],
    ["en-GB", "12,406"],
    ["de", "12.406"],
    ["es", "12.406"],
    ["ar-EG", "١٢٬٤٠٦"],
  ])("numbers are grouped in %s, and where a system has no locale", (locale, written) => {
    expect(numbersIn(locale).format(12_406)).toBe(written);
  });

  test("a label inside a sentence begins small, an abbreviation does not", () => {
    expect(inSentence("Reported a bug")).toBe("reported a bug");
    expect(inSentence("SDK review")).toBe("SDK review");
  });

  test("taking back a taking back reads well", () => {
    expect(undoneWords("Edited Ana")).toBe("Took back: Edited Ana");
    expect(undoneWords("Took back the move of Ana")).toBe("The move of Ana stands again");
  });

  test("lists end with a word", () => {
    expect(listed(["a", "b", "c"])).toBe("a, b and c");
    expect(listed(["a", "b"], "or")).toBe("a or b");
  });

  test("languages are named in themselves, and what is no code stays as it is", () => {
    expect(languageNames("en,ml")).toBe("English, മലയാളം");
    expect(languageNames("not a code")).toBe("not a code");
    expect(countryName("Atlantis")).toBe("Atlantis");
  });
});

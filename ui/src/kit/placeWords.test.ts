import { expect, test } from "vitest";
import { placeWords } from "./placeWords";

test("where a text stands is said as one would say it", () => {
  expect(placeWords("Value of a way to reach them")).toBe("A way to reach them");
  expect(placeWords("Text of a line")).toBe("A captured line");
  expect(placeWords("Name of a organisation")).toBe("Name of an organisation");
  expect(placeWords("Notes of a person")).toBe("Notes of a person");
});

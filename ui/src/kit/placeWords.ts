// Where a text stands that names somebody. The core says the column and the row; what reads badly has its words here.
const words: Readonly<Record<string, string>> = {
  "Name of a person": "A person's name",
  "Say it like of a person": "How a person's name is said",
  "Building now of a person": "What a person builds",
  "Stuck on of a person": "What a person is stuck on",
  "Do not contact reason of a person": "Why a person is not to be contacted",
  "Value of a way to reach them": "A way to reach them",
  "More about that of a way to reach them": "Where a way to reach them came from",
  "Lines of a postal address": "A postal address",
  "Recipient name of a postal address": "The name on a parcel",
  "Given for of a postal address": "What a postal address is for",
  "More about that of a postal address": "Where a postal address came from",
  "Evidence of a contact basis": "What shows why one may write",
  "Evidence of a objection": "How somebody said no",
  "Note of what happened": "A note of what happened",
  "Quote of what happened": "Their words in what happened",
  "Text of a line": "A captured line",
  "Text of a follow-up": "A follow-up",
  "Note of a follow-up": "What came of a follow-up",
  "Reason of a pin": "Why a stage was set by hand",
  "Value of a value": "A field of your own",
  "Label of a field": "The name of a field of your own",
  "Why of a place on a list": "Why somebody is on a list",
  "Name of a import": "The name of an imported file",
  "File name of a import": "The name of an imported file",
  "File name of a export": "The name of an exported file",
};

export function placeWords(place: string): string {
  return words[place] ?? place.replace(/ of a (?=[aeiou])/, " of an ");
}

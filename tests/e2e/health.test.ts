// How healthy the lists are, what comes back from a newsletter, and a basis said for many at once.
import { expect, onADay as test } from "./fixtures";
import { reachable, someone } from "./people";

test("an import of which nothing is known gets its basis where it stands, and it says who was passed over", async ({ bridge, open }) => {
  const file = bridge.home.file("signups.csv", "Name,E-mail\nAna,ana@basalt.example\nBo,bo@basalt.example\n");
  await bridge.rpc("imports.run", { file: await bridge.grant(file), matching: false, source: "list_signup", decisions: {}, overwrite: [] });
  const page = await open("/lists/health");
  await page.getByRole("button", { name: "Say it for these 2 of signups.csv" }).click();
  const form = page.getByRole("form", { name: "Say why one may write to these 2" });
  await form.getByRole("combobox").selectOption("opted_in");
  await form.getByLabel("What shows it").fill("signed up on our page");
  await form.getByLabel("Since").fill("3 may");
  await form.getByLabel("Since").press("Enter");
  await page.getByRole("status").getByText("Said why one may write to Ana and one other").waitFor();
  await page.getByText("a basis is known of 2", { exact: false }).waitFor();
  await page.keyboard.press("Control+z");
  await page.getByText("a basis is known of 0", { exact: false }).waitFor();
});

test("a newsletter's unsubscribed are recognised at import, and one button ends writing to them", async ({ bridge, open }) => {
  await reachable(bridge, await someone(bridge, "Ana"), "email", "ana@basalt.example");
  const header = "Email Address,First Name,MEMBER_RATING,OPTIN_TIME,UNSUB_TIME,LEID";
  const file = bridge.home.file("unsubscribed_members.csv", `${header}\nana@basalt.example,Ana,2,2025-01-01 10:00:00,2026-05-11 08:00:00,1\nnobody@basalt.example,No,2,2025-01-01 10:00:00,2026-05-11 08:00:00,2\n`);
  await bridge.choose(file);
  const page = await open("/import");
  await page.getByRole("button", { name: "Choose a file" }).click();
  await page.getByRole("heading", { name: "unsubscribed_members.csv says who left" }).waitFor();
  await page.getByRole("list", { name: "What would happen" }).getByText("2 unsubscribed: 1 known, 1 unknown").waitFor();
  await page.getByRole("button", { name: "Stop writing to these 2" }).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.getByRole("heading", { name: "Mail ended to 1 address of people here" }).waitFor();
  await page.getByText("1 address is of nobody here, and remembered only as a keyed hash").waitFor();
  const told = page.getByRole("status").filter({ hasText: "unsubscribed_members.csv: 1 stopped" });
  await told.getByRole("button", { name: "Undo" }).waitFor();
  await page.getByRole("button", { name: "Undo what it ended" }).click();
  await page.getByRole("heading", { name: "What unsubscribed_members.csv ended was taken back" }).waitFor();
  await page.goto(`${bridge.address}/#/people`);
  await page.getByRole("grid", { name: "People" }).getByRole("row").filter({ hasText: "Ana" }).dblclick();
  await page.getByText("May not write: on the suppression list (unsubscribed)").waitFor();
  expect(await bridge.rpc("suppressions.count")).toMatchObject({ addresses: 2 });
});

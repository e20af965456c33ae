// Light or dark, as it was chosen or as the system is.
export function showTheme(theme: "light" | "dark" | "system" | undefined): void {
  const root = document.documentElement;
  if (theme === "light" || theme === "dark") root.dataset["theme"] = theme;
  else delete root.dataset["theme"];
}

/** The diary as a table for a spreadsheet: a line for each routine that was done, and one below it for each move that was noted. */
const HEAD = ["Day", "Routine", "Move", "Pain (0 to 10)", "How hard (0 to 10)"];

/** `all` as in entries.js. */
export function csv(all) {
  const lines = all.flatMap(({ day, title, pain, effort, moves }) => [
    [day, title, "", pain, effort],
    ...moves.map((move) => [day, title, move.title, move.pain, move.effort]),
  ]);
  // The mark tells a spreadsheet which letters these are.
  return `\uFEFF${[HEAD, ...lines].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** In quotes where it must be; what a spreadsheet would work out as a formula stays text. */
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

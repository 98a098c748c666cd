/* Names for the controls that the admin's own tables and scripts leave without one, for whoever listens to the page. */

let count = 0;

function idOf(element) {
  element.id ||= `named-${++count}`;
  return element.id;
}

/* What says the name of a field: its label, or in a table the head of its column and the head of its row. */
function namers(field) {
  if (field.labels?.length) return [field.labels[0]];
  const cell = field.closest("td");
  const column = [...(cell?.classList ?? [])].find((each) => each.startsWith("field-"));
  const head = column && cell.closest("table").querySelector(`th.column-${column.slice(6)}`);
  const row = cell?.parentElement.querySelector(":scope > th, :scope > .original > p");
  return head ? [head.querySelector(".text") ?? head, row].filter(Boolean) : [];
}

function name(element, by) {
  if (element && by.length) element.setAttribute("aria-labelledby", by.map(idOf).join(" "));
}

function nameField(field) {
  if (!field.labels?.length) name(field, namers(field));
}

/* A list to choose from that is drawn beside the select that it stands for. */
function nameChoice(select) {
  const drawn = select.nextElementSibling;
  if (!drawn?.matches(".select2-container")) return;
  const by = namers(select);
  const shown = drawn.querySelector("[role=textbox]");
  name(shown, by);
  name(drawn.querySelector("[role=searchbox]"), by);
  name(drawn.querySelector("[role=combobox]"), [...by, shown].filter(Boolean));
}

function nameEditor(text) {
  name(text, namers(text.closest(".prose-editor").querySelector("textarea")));
}

function nameDeletion(box) {
  const row = box.closest("tr, .inline-related").querySelector(".original > p, .inline_label")?.firstChild;
  box.setAttribute("aria-label", `Delete ${row?.textContent.trim() || "this row"}`);
}

const RULES = {
  "#result_list td[class*=field-] :is(input, select, textarea), .tabular td[class*=field-] :is(input, select, textarea)":
    nameField,
  "select.admin-autocomplete": nameChoice,
  ".ProseMirror[role=textbox]": nameEditor,
  ".tabular td.delete input, ordered-rows .delete input": nameDeletion,
  ".select2-dropdown [role=searchbox]:not([aria-label])": (field) => field.setAttribute("aria-label", "Search"),
  ".help-tooltip[aria-label]:not([role])": (sign) => sign.setAttribute("role", "img"),
};

function nameAll() {
  for (const [selector, rule] of Object.entries(RULES)) {
    document.querySelectorAll(selector).forEach(rule);
  }
}

/* Each choice of several has its own way out; one for all of them would stand in their list as a stranger. */
for (const select of document.querySelectorAll("select.admin-autocomplete[multiple]")) {
  select.dataset.allowClear = "false";
}

let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    nameAll();
  });
}).observe(document.body, { childList: true, subtree: true });
nameAll();

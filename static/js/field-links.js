/**
 * <field-links><a href="#id_title">The title is too short.</a></field-links>
 *
 * A link to a field of the form lands in the field: whatever hides it opens, and it takes the focus, also where
 * an editor or a search box stands in for it.
 */
const STAND_INS = ".ProseMirror[contenteditable=true], .select2-selection";
const FIELDS = "input:not([type=hidden]), textarea, select, a[href]";

class FieldLinks extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#follow);
    // The editor moves the blocks while the page loads, and the browser's own jump would miss.
    if (/^#(publish-check|id_)/.test(location.hash)) {
      window.addEventListener("load", () => land(location.hash) && stay(document.activeElement));
    }
  }

  #follow(event) {
    const link = event.target.closest("a[href^='#']");
    if (link && land(link.hash)) event.preventDefault();
  }
}

function land(hash) {
  const field = document.getElementById(hash.slice(1));
  if (!field) return false;
  reveal(field);
  const target = field.tabIndex === -1 && field.localName === "section" ? field : focusable(field);
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
  return true;
}

/** Editors go on growing after a page has loaded: until somebody does something, what was landed at stays in sight. */
function stay(target) {
  const growing = new ResizeObserver(() => target.scrollIntoView({ block: "center" }));
  growing.observe(target.closest("form") ?? document.body);
  for (const done of ["wheel", "touchstart", "pointerdown", "keydown"])
    window.addEventListener(done, () => growing.disconnect(), { once: true, passive: true });
}

function reveal(field) {
  for (let element = field; element; element = element.parentElement) {
    if (element.localName === "details") element.open = true;
    element.classList.remove("collapsed");
  }
}

function focusable(field) {
  const row = field.closest(".form-row") ?? field;
  const standIn = row.querySelector(STAND_INS);
  if (standIn) return standIn;
  if (field.matches(FIELDS)) return field;
  // A list holds an empty row to copy, which nobody sees.
  const seen = [...field.querySelectorAll(FIELDS)].find((each) => each.checkVisibility());
  return seen ?? field;
}

customElements.define("field-links", FieldLinks);

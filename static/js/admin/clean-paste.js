/**
 * Reads the meaning out of text pasted into an editor before the editor does: the policy forbids it to look at
 * styles, and Word and Google Docs say with styles what is bold, what is not, and what is a heading.
 *
 * The server cleans what is saved in any case, by the same lists (kneecare/core/text/pasted_markup.py). But the editor drops
 * elements that it does not know and keeps their text: what is deleted or hidden has to go before.
 */
const RENAMED = { H1: "h2", H4: "h3", H5: "h3", H6: "h3" };
const LIGHT = /(^|;)\s*font-weight:\s*(normal|[1-5]00)/i;
const HEAVY = /(^|;)\s*font-weight:\s*(bold|[6-9]00)/i;
const SLANTED = /(^|;)\s*font-style:\s*italic/i;
const RAISED = /(^|;)\s*vertical-align:\s*(sup|sub)/i;
/** What somebody deleted, hid or said in a comment is no part of the text. */
const NO_CONTENT = [
  "script, style, title, xml, svg, template, noscript, datalist, select, textarea, object, iframe, canvas, audio, video, dialog, rp",
  "img, del, s, strike, w\\:del, w\\:movefrom, [hidden]",
  ".msoDel, .MsoCommentReference, .MsoCommentText, .msocomanchor, .msocomtxt, .msocomoff",
].join();
const HIDING =
  /(^|;)\s*(display:\s*none|visibility:\s*(hidden|collapse)|mso-hide:\s*all|font-size:\s*0(?![.\d])|opacity:\s*0(?![.\d])|mso-element:\s*comment|mso-special-character:\s*comment|text-decoration(-line)?:[^;]*line-through)/i;
const cleaned = new WeakSet();

/** `html` with styles and attributes that would be acted on renamed, so that reading it does nothing. */
function inert(html) {
  const unstyled = html.replace(/<(\/?)style\b/gi, "<$1template");
  return unstyled.replace(/<[a-z](?:"[^"]*"|'[^']*'|[^>"'])*>/gi, (tag) =>
    tag.replace(/\s(style|src|srcset|on\w+)\s*=/gi, " data-$1="),
  );
}

function replace(element, name) {
  const other = document.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
}

/** What a style says of a word, said by an element. */
function mark(element, style) {
  for (const [name, pattern] of [["strong", HEAVY], ["em", SLANTED], ["", RAISED]]) {
    const found = pattern.exec(style);
    if (found) fill(element, name || found[2].toLowerCase());
  }
}

/** Put what stands in an element into a new one inside it. */
function fill(element, name) {
  const inner = document.createElement(name);
  inner.append(...element.childNodes);
  element.append(inner);
}

function clean(html) {
  const { body } = new DOMParser().parseFromString(inert(html), "text/html");
  body.querySelectorAll(NO_CONTENT).forEach((each) => each.remove());
  for (const each of body.querySelectorAll("[data-style]")) {
    if (HIDING.test(each.dataset.style)) each.remove();
  }
  for (const element of [...body.querySelectorAll("*")]) {
    const style = element.dataset.style ?? "";
    if (["B", "STRONG"].includes(element.tagName) && LIGHT.test(style)) {
      element.replaceWith(...element.childNodes);
    } else if (element.tagName in RENAMED) {
      replace(element, RENAMED[element.tagName]);
    } else if (element.tagName === "SPAN") {
      mark(element, style);
    }
  }
  return body.innerHTML;
}

document.addEventListener(
  "paste",
  (event) => {
    const html = event.clipboardData?.getData("text/html");
    if (!html || cleaned.has(event) || !event.target.closest?.(".ProseMirror")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const data = new DataTransfer();
    data.setData("text/html", clean(html));
    data.setData("text/plain", event.clipboardData.getData("text/plain"));
    const again = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    cleaned.add(again);
    event.target.dispatchEvent(again);
  },
  true,
);

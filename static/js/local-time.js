/**
 * <local-time datetime="2026-11-24T16:00:00+00:00" zone="America/Phoenix"></local-time>
 * <local-time datetime="2026-11-24T16:00:00+00:00" zone="America/Phoenix" long></local-time>
 *
 * Stands beside a time on the clock of `zone`. Adds the same moment on the visitor's own clock where that
 * clock shows something else: "You: 11:00 AM", or with its day and zone where there is room (`long`).
 */
const TIME = { hour: "numeric", minute: "2-digit" };
const DAY = { weekday: "short" };
const LONG = { weekday: "long", month: "long", day: "numeric", ...TIME, timeZoneName: "short" };

// To make a format is slow, and a page of free times needs few of them many times.
const formats = new Map();

function format(options) {
  const key = JSON.stringify(options);
  formats.has(key) || formats.set(key, new Intl.DateTimeFormat("en-US", options));
  return formats.get(key);
}

class LocalTime extends HTMLElement {
  connectedCallback() {
    const moment = new Date(this.getAttribute("datetime"));
    const zone = this.getAttribute("zone");
    const own = (options) => format(options).format(moment);
    const differs = (options) => own(options) !== own({ ...options, timeZone: zone });

    if (!differs({ ...DAY, ...TIME })) {
      return;
    }
    this.textContent = this.hasAttribute("long")
      ? `On your clock: ${own(LONG)}`
      : `You: ${differs(DAY) ? `${own(DAY)} ` : ""}${own(TIME)}`;
  }
}

customElements.define("local-time", LocalTime);

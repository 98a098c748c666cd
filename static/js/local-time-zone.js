/**
 * <local-time-zone><input type="hidden" name="visitor_zone"></local-time-zone>
 *
 * Tells the form the time zone of the visitor's clock, so that mail can name both clocks.
 */
class LocalTimeZone extends HTMLElement {
  connectedCallback() {
    this.querySelector("input").value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  }
}

customElements.define("local-time-zone", LocalTimeZone);

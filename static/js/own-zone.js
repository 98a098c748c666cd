/**
 * <own-zone><input type="hidden" name="visitor_zone"></own-zone>
 *
 * Tells the form the time zone of the visitor's clock, so that mail can name both clocks.
 */
class OwnZone extends HTMLElement {
  connectedCallback() {
    this.querySelector("input").value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  }
}

customElements.define("own-zone", OwnZone);

/**
 * <undo-countdown seconds="48">
 *   <span>The mail goes out in <time>48</time> seconds.</span>
 *   <button type="submit">Undo</button>
 * </undo-countdown>
 *
 * Counts the seconds down and takes the button away when it is too late. Without it the words say how long there was.
 */
const TOO_LATE = "It is too late to undo this here.";

class UndoCountdown extends HTMLElement {
  #interval;

  connectedCallback() {
    const end = Date.now() + Number(this.getAttribute("seconds")) * 1000;
    this.#interval = setInterval(() => this.#show(Math.ceil((end - Date.now()) / 1000)), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.#interval);
  }

  #show(left) {
    if (left > 0) {
      this.querySelector("time").textContent = left;
      return;
    }
    clearInterval(this.#interval);
    this.textContent = TOO_LATE;
  }
}

customElements.define("undo-countdown", UndoCountdown);

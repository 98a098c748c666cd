/**
 * <figure> <svg class="figure">…</svg> … <figure-replay><button type="button" hidden>Show the move again</button></figure-replay> </figure>
 *
 * Sets the figure in motion when it is seen for the first time, and again whenever somebody presses the button or the drawing.
 */
class FigureReplay extends HTMLElement {
  #seen;

  connectedCallback() {
    this.button = this.querySelector("button");
    this.figure = this.closest("figure");
    const drawing = this.figure.querySelector(".figure");
    this.button.hidden = !drawing.querySelector(".figure__strip") || matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (this.button.hidden) {
      return;
    }
    drawing.addEventListener("click", this);
    this.button.addEventListener("click", this);
    this.#seen = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && this.#first(), { threshold: 0.6 });
    this.#seen.observe(drawing);
  }

  disconnectedCallback() {
    this.#seen?.disconnect();
  }

  handleEvent() {
    this.#play();
  }

  #first() {
    this.#seen.disconnect();
    this.#play();
  }

  /** Another name makes the animation begin anew. */
  #play() {
    this.figure.dataset.plays = this.figure.dataset.plays === "again" ? "once" : "again";
  }
}

customElements.define("figure-replay", FigureReplay);

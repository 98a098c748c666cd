/**
 * <figure> <picture>… <img class="figure" …></picture> … <figure-replay src="/figures/….svg"><button type="button" hidden>Show the move again</button></figure-replay> </figure>
 *
 * Sets the figure in motion when it is seen for the first time, and again whenever somebody presses the button or the drawing.
 * An image cannot be set in motion: the drawing at `src`, which takes as much room, takes its place. Where the drawing is a
 * part of the page already, there is no `src`.
 */
class FigureReplay extends HTMLElement {
  #seen;

  connectedCallback() {
    this.button = this.querySelector("button");
    this.figure = this.closest("figure");
    const drawing = this.figure.querySelector(".figure");
    const moves = this.hasAttribute("src") || drawing.querySelector(".figure__strip");
    this.button.hidden = !moves || matchMedia("(prefers-reduced-motion: reduce)").matches;
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
  async #play() {
    if (await this.#isThere()) {
      this.figure.dataset.plays = this.figure.dataset.plays === "again" ? "once" : "again";
    }
  }

  /** Whether what moves is a part of the page; without a network the image stays. */
  async #isThere() {
    const image = this.figure.querySelector("img.figure");
    if (!image) {
      return true;
    }
    try {
      const response = await fetch(this.getAttribute("src"));
      if (response.ok) {
        this.#replace(image, await response.text());
      }
      return response.ok;
    } catch {
      return false;
    }
  }

  #replace(image, text) {
    const drawing = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", image.alt);
    drawing.addEventListener("click", this);
    image.parentElement.replaceWith(drawing);
  }
}

customElements.define("figure-replay", FigureReplay);

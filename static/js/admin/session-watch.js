/**
 * <session-watch url="…/session/" sign-in="…/login/?next=…" user="1"></session-watch>
 *
 * Says that the session is about to end, and when it has ended lets its person sign in again in another window: the
 * form stays as it is. Without it the form can be sent all the same; the site then keeps what was typed.
 */
const WARNING = 120; // seconds before the end
const POLL = 30_000;
const POLL_WHEN_ENDED = 3000;
const OFTEN_ENOUGH = 60_000; // between two words that somebody is there
const SIGNS_OF_LIFE = ["input", "keydown", "pointerdown"];

class SessionWatch extends HTMLElement {
  #dialog = document.createElement("dialog");
  #heading = document.createElement("h2");
  #words = document.createElement("p");
  #stay = document.createElement("button");
  #signIn = document.createElement("a");
  #token = "";
  #timer;
  #told = Date.now();
  #look = () => document.visibilityState === "visible" && this.#ask();
  #live = () => Date.now() - this.#told > OFTEN_ENOUGH && !this.#dialog.open && this.#ask("POST");

  connectedCallback() {
    this.#heading.id = "session-watch-title";
    this.#dialog.setAttribute("aria-labelledby", this.#heading.id);
    this.#stay.type = "button";
    this.#stay.className = "button default";
    this.#stay.textContent = "Stay signed in";
    this.#stay.addEventListener("click", () => this.#ask("POST"));
    this.#signIn.className = "button default";
    this.#signIn.textContent = "Sign in again";
    this.#signIn.target = "_blank";
    this.#signIn.href = this.getAttribute("sign-in");
    // Escape is no answer to either question.
    this.#dialog.addEventListener("cancel", (event) => event.preventDefault());
    this.#dialog.append(this.#heading, this.#words, this.#stay, this.#signIn);
    this.append(this.#dialog);
    document.addEventListener("visibilitychange", this.#look);
    SIGNS_OF_LIFE.forEach((name) => document.addEventListener(name, this.#live));
    this.#ask();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#look);
    SIGNS_OF_LIFE.forEach((name) => document.removeEventListener(name, this.#live));
  }

  async #ask(method = "GET") {
    clearTimeout(this.#timer);
    this.#told = method === "POST" ? Date.now() : this.#told;
    let next = POLL;
    try {
      const response = await fetch(this.getAttribute("url"), { method, headers: { "x-csrftoken": this.#token } });
      next = response.ok ? this.#hear(await response.json()) : POLL;
    } catch {
      // Without a network nothing is known, and nothing is lost.
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), next);
  }

  /** What the site said; returns when to ask again, in milliseconds. */
  #hear({ left, user, token }) {
    this.#token = token;
    if (left && String(user) !== this.getAttribute("user")) {
      this.#show("Somebody else is signed in", "Sign in as yourself again before you send this form.", { ended: true });
    } else if (!left) {
      this.#show("You were signed off", "Nobody did anything here for a while. All that you typed is still here: sign in again, and go on.", { ended: true });
    } else {
      this.#renew(token);
      this.#warn(left);
      return Math.min(POLL, Math.max(1, left > WARNING ? left - WARNING : left) * 1000);
    }
    return POLL_WHEN_ENDED;
  }

  #warn(left) {
    if (left > WARNING) {
      this.#dialog.close();
    } else {
      this.#show("Are you still there?", "You are signed off in two minutes or less. What you typed stays here.", { ended: false });
    }
  }

  #show(heading, words, { ended }) {
    this.#heading.textContent = heading;
    this.#words.textContent = words;
    this.#stay.hidden = ended;
    this.#signIn.hidden = !ended;
    this.#dialog.classList.toggle("session-watch--ended", ended);
    if (!this.#dialog.open) {
      this.#dialog.showModal();
    }
  }

  /** A sign-in makes the keys of open forms void: they get the new one. */
  #renew(token) {
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
      field.value = token;
    }
  }
}

customElements.define("session-watch", SessionWatch);

/**
 * <passkey-form label="Use a passkey"><form>… <input type="hidden" name="credential"></form></passkey-form>
 *
 * Adds a button that asks the browser for a passkey, puts its answer into the form and sends it. What to ask stands in
 * the page (#passkey-options), or is fetched from `options-url`; `action` is where the form goes instead of its own URL;
 * `primary` where it is the only way on.
 */
const REFUSED = "That did not work: it was stopped, or there is no passkey for this site on this device.";
const WITHOUT_NAME = "Passkeys need a site with a name. On this machine, open it as “localhost” instead of by number.";

const toBytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};
const toText = (buffer) => {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};
const withBytes = (keys) => keys?.map((key) => ({ ...key, id: toBytes(key.id) }));

class PasskeyForm extends HTMLElement {
  #button = document.createElement("button");
  #status = document.createElement("p");

  connectedCallback() {
    if (!window.PublicKeyCredential) {
      return;
    }
    this.#button.type = "button";
    this.#button.className = "button passkey-form__button";
    this.#button.classList.toggle("default", this.hasAttribute("primary"));
    this.#button.textContent = this.getAttribute("label");
    this.#button.addEventListener("click", () => this.#ask());
    this.#status.setAttribute("role", "status");
    this.append(this.#button, this.#status);
  }

  async #ask() {
    this.#status.textContent = "";
    try {
      const { creation_options: create, request_options: get } = await this.#options();
      const credential = create ? await this.#create(create.publicKey) : await this.#get(get.publicKey);
      this.#send(credential);
    } catch (error) {
      this.#status.textContent = error.name === "SecurityError" ? WITHOUT_NAME : REFUSED;
    }
  }

  async #options() {
    const url = this.getAttribute("options-url");
    if (!url) {
      return JSON.parse(document.getElementById("passkey-options").textContent);
    }
    const response = await fetch(url, { headers: { accept: "application/json" } });
    return response.json();
  }

  #create(options) {
    return navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        user: { ...options.user, id: toBytes(options.user.id) },
        excludeCredentials: withBytes(options.excludeCredentials),
      },
    });
  }

  #get(options) {
    return navigator.credentials.get({
      publicKey: { ...options, challenge: toBytes(options.challenge), allowCredentials: withBytes(options.allowCredentials) },
    });
  }

  #send(credential) {
    const { id, rawId, type, authenticatorAttachment, response } = credential;
    const form = this.querySelector("form");
    const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
    const given = parts.filter((name) => response[name]).map((name) => [name, toText(response[name])]);
    form.elements.credential.value = JSON.stringify({
      id,
      rawId: toText(rawId),
      type,
      authenticatorAttachment,
      response: Object.fromEntries(given),
      clientExtensionResults: credential.getClientExtensionResults(),
    });
    form.action = this.getAttribute("action") ?? form.action;
    // Not requestSubmit(): the fields for a password may be empty.
    form.submit();
  }
}

customElements.define("passkey-form", PasskeyForm);

/** A form that is pressed twice in a hurry is sent once. A file that is asked for can be asked for again. */
const A_HURRY = 3000; // ms
const sentAt = new WeakMap();

document.addEventListener("submit", (event) => {
  if (Date.now() - (sentAt.get(event.target) ?? 0) < A_HURRY) {
    event.preventDefault();
  } else {
    sentAt.set(event.target, Date.now());
  }
});

/**
 * What a page of the admin has to say is seen first, also after a save: the block editor would go back to the place
 * that was scrolled to, which it keeps in the address, and hide it.
 *
 * What went wrong takes the focus as well, so that it is read out and the next Tab leads on from there.
 */
const WRONG = ".staff-notice[role=alert], .errornote, .messagelist .error, .messagelist .warning";
const SAID = `.messagelist, ${WRONG}`;

if (document.querySelector(SAID)) {
  forgetScrolledPlace();
  const wrong = document.querySelector(WRONG);
  if (wrong) {
    wrong.tabIndex = -1;
    wrong.focus();
  }
}

function forgetScrolledPlace() {
  const state = new URLSearchParams(location.hash.slice(1));
  if (state.has("scrollY")) {
    state.delete("scrollY");
    history.replaceState(null, "", `#${state}`);
  }
}

/**
 * Who leaves a form with something typed into it, or drawn, is asked first, in the browser's own words. A form that came
 * back with a mistake is not saved yet either. Which rows of a list are ticked is nothing to lose.
 */
const FORM = "form[method=post]";
const NOTHING_TO_LOSE = ".actions, .action-checkbox, .action-checkbox-column";
let isUnsaved = Boolean(document.querySelector(`${FORM} :is(.errornote, .errorlist)`));

for (const name of ["input", "change"]) {
  document.addEventListener(name, ({ target }) => {
    isUnsaved ||= Boolean(target.closest(FORM)) && !target.closest(NOTHING_TO_LOSE);
  });
}

// What opens another window leaves this one as it is.
document.addEventListener("submit", ({ target, submitter }) => {
  isUnsaved &&= (submitter?.formTarget || target.target) === "_blank";
});

addEventListener("beforeunload", (event) => isUnsaved && event.preventDefault());

/**
 * <fieldset data-part="pose">… <input type="number" data-joint="left_knee" placeholder="12"> …</fieldset>
 *
 * The numbers of one position: each gets a slider beside it, and left and right can go together. An empty number stands
 * at its placeholder, which is where the drawing has it.
 */
const OTHER = { left: "right", right: "left" };
const number = (pose, joint) => pose.querySelector(`input[data-joint="${joint}"]`);
const slider = (input) => input.parentElement.querySelector("input[type=range]");
const other = (joint) => joint.replace(/^(left|right)(?=_)/, (side) => OTHER[side]);

/** What a joint stands at. */
export function at(input) {
  return Number(input.value === "" ? input.placeholder : input.value);
}

function together(pose) {
  return pose.querySelector("[data-part=together]").checked;
}

function mark(pose) {
  pose.classList.toggle("pose--together", together(pose));
}

/* A finger that scrolls the page begins somewhere, and often on a slider: what it set there is taken back. */
function keepWhereTheFingerScrolled(range) {
  let before;
  range.addEventListener("pointerdown", () => (before = range.value));
  range.addEventListener("pointercancel", () => {
    range.value = before;
    range.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

export function equip(pose) {
  const inputs = [...pose.querySelectorAll("input[data-joint]")];
  for (const input of inputs) {
    const range = document.createElement("input");
    Object.assign(range, { type: "range", min: input.min, max: input.max, step: 1, value: at(input) });
    range.setAttribute("aria-labelledby", `${input.id}-label`);
    range.addEventListener("input", () => {
      input.value = range.value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    keepWhereTheFingerScrolled(range);
    // A wheel scrolls the page: a number that has the focus would count instead.
    input.addEventListener("wheel", () => input.blur(), { passive: true });
    input.before(range);
  }
  const label = document.createElement("label");
  const check = document.createElement("input");
  Object.assign(check, { type: "checkbox", checked: inputs.every((input) => input.value === number(pose, other(input.dataset.joint)).value) });
  check.dataset.part = "together";
  check.addEventListener("change", () => {
    mark(pose);
    if (!check.checked) return;
    for (const input of inputs.filter((each) => each.dataset.joint.startsWith("right_"))) follow(pose, input);
    pose.dispatchEvent(new Event("change", { bubbles: true }));
  });
  label.className = "pose__together";
  label.append(check, "Left and right together");
  pose.querySelector("details").before(label);
  mark(pose);
}

/** After a number was changed: its slider, and the other side where both go together. */
export function follow(pose, input) {
  slider(input).value = at(input);
  const twin = number(pose, other(input.dataset.joint));
  if (twin === input || !together(pose)) return;
  twin.value = input.value;
  slider(twin).value = at(twin);
}

function set(pose, joint, value) {
  const input = number(pose, joint);
  input.value = Math.min(Number(input.max), Math.max(Number(input.min), value));
  follow(pose, input);
}

/** Turns a joint to an angle, or by some degrees. Who leans the body at its neck keeps the legs where they are. */
export function turn(pose, joint, { to, by }) {
  const input = number(pose, joint);
  const before = at(input);
  set(pose, joint, to ?? before + by);
  if (joint !== "trunk") return;
  const hips = together(pose) ? ["right_hip"] : ["left_hip", "right_hip"];
  for (const hip of hips) set(pose, hip, at(number(pose, hip)) + at(input) - before);
}

/** What the drawing has the joints at: for those that are not stated. */
export function show(pose, angles) {
  for (const input of pose.querySelectorAll("input[data-joint]")) {
    input.placeholder = angles[input.dataset.joint] ?? 0;
    slider(input).value = at(input);
  }
}

import { PACE } from "./pace.js";
import { read, write } from "./store.js";

const KEY = "kneecare.pace";

/** Sound, voice and pace as the person set them, kept on the device. */
export class Settings {
  own = { sound: true, voice: true, numbers: "each" };

  /** Bring `controls` to what was kept, and the run to what they say. */
  constructor(controls, run) {
    this.controls = [...controls];
    const kept = read(KEY) ?? {};
    for (const control of this.controls) {
      put(control, kept[control.name]);
      if (control.name in PACE) {
        run.state[control.name] = chosen(control);
        tell(control);
      } else if (control.name in this.own) {
        this.own[control.name] = chosen(control);
      }
    }
  }

  /** Take over what somebody set; false for a control of something else. */
  change(control, run, now) {
    const { name } = control;
    if (name in this.own) {
      this.own[name] = chosen(control);
    } else if (name in PACE) {
      run.setPace({ [name]: chosen(control) }, now);
      tell(control);
    } else {
      return false;
    }
    write(KEY, { ...this.own, ...run.pace });
    return true;
  }

  /** Set what a control of this name says. */
  set(name, value, run, now) {
    const control = this.controls.find((each) => each.name === name);
    control.value = value;
    this.change(control, run, now);
  }
}

/** A value of no known name leaves what stood there. */
function put(control, value) {
  if (control.type === "checkbox") {
    control.checked = value ?? control.checked;
  } else if (value !== undefined) {
    const before = control.value;
    control.value = value;
    control.value ||= before;
  }
}

/** The number that a slider stands at, beside it. */
function tell(control) {
  const output = control.parentElement.querySelector("output");
  if (output) {
    output.value = control.value;
  }
}

function chosen(control) {
  if (control.type === "checkbox") {
    return control.checked;
  }
  return typeof PACE[control.name] === "number" ? Number(control.value) : control.value;
}

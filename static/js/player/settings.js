import { Run } from "./run.js";
import { read, write } from "./store.js";

const KEY = "kneecare.pace";

/** Sound, voice and pace as the person set them, kept on the device. */
export class Settings {
  sound = true;
  voice = true;

  /** Bring `controls` to what was kept, and the run to what they say. */
  constructor(controls, run) {
    const kept = read(KEY) ?? {};
    for (const control of controls) {
      const value = kept[control.name];
      if (this.#isOurs(control)) {
        this[control.name] = control.checked = value ?? control.checked;
      } else if (value !== undefined) {
        const before = control.value;
        control.value = value;
        control.value ||= before; // of no known name: leave what stood there
      }
      if (control.name in Run.pace) {
        run.state[control.name] = chosen(control);
        tell(control);
      }
    }
  }

  /** Take over what somebody set; false for a control of something else. */
  change(control, run, now) {
    if (this.#isOurs(control)) {
      this[control.name] = control.checked;
    } else if (control.name in Run.pace) {
      run.setPace({ [control.name]: chosen(control) }, now);
      tell(control);
    } else {
      return false;
    }
    const { tempo, counting, rest } = run.state;
    write(KEY, { sound: this.sound, voice: this.voice, tempo, counting, rest });
    return true;
  }

  #isOurs(control) {
    return control.name === "sound" || control.name === "voice";
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
  return control.type === "range" ? Number(control.value) : control.value;
}

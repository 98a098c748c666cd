/** What the device keeps of the player, as JSON; a device that keeps nothing plays all the same. */
export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Full, or not allowed.
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Not allowed: then there is nothing.
  }
}

/** Whether a saved run stands at a step that these exercises have, with times that can be told: whatever can write on the device may have written it. */
export function isPlace({ exercise, step, chosen, did = [], endsAt, remaining }, exercises) {
  const isChoice = Object(chosen) === chosen && Object.entries(chosen).every((choice) => steps(exercises, ...choice));
  if (!isChoice || !Array.isArray(did)) {
    return false;
  }
  const found = steps(exercises, exercise, chosen[exercise]);
  const count = found ? found.length + (exercise ? 1 : 0) : 0;
  const isStep = Number.isInteger(step) && step >= 0 && step < count;
  return isStep && [endsAt, remaining ?? null].every((time) => time === null || Number.isFinite(time));
}

function steps(exercises, number, variant = "planned") {
  const variants = exercises[number] ?? {};
  return Object.hasOwn(variants, variant) ? variants[variant] : null;
}

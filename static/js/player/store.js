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

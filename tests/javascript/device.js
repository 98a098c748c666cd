/** What a browser gives to a script, for tests without one. */

/** A device that keeps what it is told, as `localStorage`; `kept` is what stands on it already. */
export function keeps(kept = {}) {
  const items = new Map(Object.entries(kept));
  globalThis.localStorage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, String(value)),
    removeItem: (key) => items.delete(key),
  };
  return items;
}

/** A device that keeps nothing: full, or forbidden. */
export function keepsNothing() {
  const refuse = () => {
    throw new Error("QuotaExceededError");
  };
  globalThis.localStorage = { getItem: refuse, setItem: refuse, removeItem: refuse };
}

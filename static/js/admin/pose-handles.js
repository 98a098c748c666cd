/**
 * <g class="pose-handle" role="slider" tabindex="0" data-joint="left_knee" data-turn="-1" data-pivot="0 -45" aria-valuenow="40">…</g>
 *
 * A joint in the drawing of an editor, turned about its pivot by a mouse or a finger, or by the keys of a slider. The
 * drawing is replaced while it is dragged: the editor keeps the pointer, and a handle is known by its joint.
 */
const STEPS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };
const HANDLE = ".pose-handle";

const angle = (from, to) => (180 / Math.PI) * Math.atan2(to.y - from.y, to.x - from.x);
const shortest = (degrees) => ((((degrees + 180) % 360) + 360) % 360) - 180;

/** Where a handle's pivot is on the screen. */
function pivotOf(handle) {
  const [x, y] = handle.dataset.pivot.split(" ").map(Number);
  return new DOMPoint(x, y).matrixTransform(handle.ownerSVGElement.getScreenCTM());
}

/** Calls `turn(handle, degrees)` while a handle is moved, and `done()` when it is let go. */
export function listen(editor, { turn, done }) {
  editor.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(HANDLE);
    if (!handle || event.button) return;
    event.preventDefault();
    handle.focus({ preventScroll: true });
    drag(editor, handle, event, { turn, done });
  });
  // Some browsers know no touch-action of what stands in a drawing, and would scroll.
  editor.addEventListener("touchstart", (event) => event.target.closest(HANDLE) && event.preventDefault(), { passive: false });
  editor.addEventListener("keydown", (event) => {
    const handle = event.target.closest(HANDLE);
    const step = STEPS[event.key] * (event.shiftKey ? 10 : 1);
    if (!handle || !(step || event.key === "Home" || event.key === "End")) return;
    event.preventDefault();
    turn(handle, step ? { by: step } : { to: Number(event.key === "Home" ? handle.ariaValueMin : handle.ariaValueMax) });
    done();
  });
}

function drag(editor, handle, start, { turn, done }) {
  const pivot = pivotOf(handle);
  const from = Number(handle.ariaValueNow);
  let before = angle(pivot, { x: start.clientX, y: start.clientY });
  let turned = 0;
  const move = (event) => {
    const now = angle(pivot, { x: event.clientX, y: event.clientY });
    turned += shortest(now - before);
    before = now;
    turn(handle, { to: Math.round(from + Number(handle.dataset.turn) * turned) });
  };
  editor.setPointerCapture(start.pointerId);
  editor.classList.add("pose-editor--dragging");
  editor.addEventListener("pointermove", move);
  editor.addEventListener(
    "lostpointercapture",
    () => {
      editor.removeEventListener("pointermove", move);
      editor.classList.remove("pose-editor--dragging");
      done();
    },
    { once: true },
  );
}

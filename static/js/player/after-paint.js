/** Do `work` once the browser has painted what stands on the page now: a press is answered first. */
export function afterPaint(work) {
  requestAnimationFrame(() => setTimeout(work));
}

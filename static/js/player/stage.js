import { afterPaint } from "./after-paint.js";
import { Exercises } from "./exercises.js";
import { Figure } from "./figure.js";

/** Which exercise stands on the page, and its figure, which moves with the run. */
export class Stage {
  #placed = "";
  #wanted = "";
  #frame;

  constructor(player, items, { figure, pose }) {
    this.player = player;
    this.exercises = new Exercises(items);
    this.figure = new Figure(figure, pose);
  }

  /** While somebody moves, the page is the player alone. `status` is the run's, or "asking". */
  stand(status) {
    this.player.dataset.status = status;
    document.documentElement.classList.toggle("is-playing", status !== "idle" && status !== "done");
  }

  /** Bring the page to where the run is, after the paint: figures take longer to lay out than a press may wait. */
  show(run) {
    cancelAnimationFrame(this.#frame);
    const { status, exercise } = run.state;
    this.#wanted = status === "idle" ? "" : `${exercise} ${run.variant}`;
    if (this.#wanted !== this.#placed) {
      afterPaint(() => this.#place(run));
    }
    if (status === "running") {
      this.#move(run);
    }
  }

  /** Frame by frame, with the count. */
  #move(run) {
    this.#follow(run);
    this.#frame = requestAnimationFrame(() => this.#move(run));
  }

  #follow(run) {
    if (this.#wanted === this.#placed) {
      this.figure.follow(run, this.exercises.facts(run.state.exercise, run.variant).side, Date.now());
    }
  }

  #place(run) {
    if (this.#wanted === this.#placed || run.isOver) {
      return;
    }
    this.#placed = this.#wanted;
    this.player.toggleAttribute("data-placed", Boolean(this.#placed));
    const { exercise } = run.state;
    this.figure.giveBack();
    this.exercises.show(this.#wanted ? exercise : null);
    if (this.#wanted) {
      this.exercises.choose(exercise, run.variant);
      this.figure.take(this.exercises.body(exercise));
      this.#follow(run);
    }
  }

  /** It is over: no exercise stands on the page any more. */
  clear() {
    cancelAnimationFrame(this.#frame);
    this.figure.giveBack();
    this.exercises.show(-1);
    this.stand("done");
  }
}

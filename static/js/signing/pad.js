/* The signature pad, [data-pad]: a canvas, and [data-strokes], the field that is sent.

   The drawing is kept as the server takes it: polylines of whole numbers in a box of 10000 × 5000.
   The canvas is only a picture of it, drawn anew whenever its size or the screen's density changes,
   so that turning the phone neither loses nor bends anything. */

import SignaturePad from "../../vendor/signature_pad/signature_pad.min.js";

const WIDTH = 10000;
const HEIGHT = 5000;
const PEN_RADIUS = 0.0045;
const LEAST_DISTANCE = 3;

function read(text) {
  try {
    const strokes = JSON.parse(text);
    return Array.isArray(strokes) && strokes.every(Array.isArray) ? strokes : [];
  } catch {
    return [];
  }
}

function within(value, most) {
  return Math.min(most, Math.max(0, Math.round(value)));
}

class Pad {
  constructor(root) {
    this.root = root;
    this.canvas = root.querySelector("canvas");
    this.field = root.querySelector("[data-strokes]");
    this.undoButton = document.querySelector("[data-undo]");
    this.clearButton = document.querySelector("[data-clear]");
    this.strokes = read(this.field.value);
    this.drawing = false;
    this.pad = new SignaturePad(this.canvas, {
      minDistance: LEAST_DISTANCE,
      penColor: getComputedStyle(this.canvas).color,
    });
    this.listen();
    this.fit();
    this.show();
  }

  listen() {
    this.pad.addEventListener("beginStroke", () => this.begin());
    this.pad.addEventListener("endStroke", () => this.end());
    this.undoButton.addEventListener("click", () => this.change(this.strokes.slice(0, -1)));
    this.clearButton.addEventListener("click", () => this.change([]));
    new ResizeObserver(() => this.fit()).observe(this.canvas);
    window.addEventListener("resize", () => this.fit());
    window.addEventListener("pageshow", () => this.draw());
  }

  begin() {
    this.drawing = true;
    this.root.removeAttribute("data-empty");
  }

  end() {
    this.drawing = false;
    const { points } = this.pad.toData().at(-1);
    this.strokes.push(points.map((point) => this.fromScreen(point)));
    this.save();
  }

  fromScreen({ x, y }) {
    return [within((x / this.width) * WIDTH, WIDTH), within((y / this.width) * WIDTH, HEIGHT)];
  }

  toScreen([x, y]) {
    return { x: (x / WIDTH) * this.width, y: (y / WIDTH) * this.width };
  }

  /* Makes the canvas as sharp as the screen. A stroke being drawn ends here and is kept. */
  fit() {
    const { width } = this.canvas.getBoundingClientRect();
    const density = window.devicePixelRatio || 1;
    if (!width || (width === this.width && density === this.density)) return;
    if (this.drawing) this.end();
    this.pad.off();
    this.width = width;
    this.density = density;
    this.canvas.width = Math.round(width * density);
    this.canvas.height = Math.round((width / 2) * density);
    this.canvas.getContext("2d").scale(density, density);
    this.pad.minWidth = width * PEN_RADIUS;
    this.pad.maxWidth = width * PEN_RADIUS;
    this.draw();
    this.pad.on();
  }

  draw() {
    if (!this.width || this.drawing) return;
    this.pad.fromData(
      this.strokes.map((stroke) => ({ points: stroke.map((point) => this.toScreen(point)) })),
    );
  }

  change(strokes) {
    this.strokes = strokes;
    this.draw();
    this.save();
  }

  save() {
    this.field.value = this.strokes.length ? JSON.stringify(this.strokes) : "";
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.show();
  }

  show() {
    const empty = this.strokes.length === 0;
    this.root.toggleAttribute("data-empty", empty);
    this.undoButton.disabled = empty;
    this.clearButton.disabled = empty;
  }
}

document.querySelectorAll("[data-pad]").forEach((root) => new Pad(root));

// A closer look at the map: buttons, the keys + - 0, Ctrl with the wheel or two fingers, and dragging. Marks and labels
// keep their size, so that what lay on each other comes apart.
"use strict";

(() => {
  const { make, makeButton } = globalThis.litbookDom;
  const STEP = 1.5,
    MOST = 12;
  /** @type {SVGSVGElement | null} */
  const drawing = document.querySelector(".litbook-map > svg");
  if (!drawing) return;
  const svg = drawing;
  const { width, height } = svg.viewBox.baseVal;
  let zoom = 1,
    left = 0,
    top = 0;

  const status = make("span", { class: "litbook-map-zoom-status", role: "status" });
  const closer = makeButton("Zoom in", () => zoomTo(zoom * STEP));
  const further = makeButton("Zoom out", () => zoomTo(zoom / STEP));
  const whole = makeButton("Whole map", () => zoomTo(1));

  function draw() {
    left = Math.max(0, Math.min(left, width - width / zoom));
    top = Math.max(0, Math.min(top, height - height / zoom));
    svg.setAttribute("viewBox", `${left} ${top} ${width / zoom} ${height / zoom}`);
    svg.style.setProperty("--zoom", String(zoom));
    svg.classList.toggle("litbook-map-near", zoom > 1);
    further.disabled = whole.disabled = zoom === 1;
    closer.disabled = zoom === MOST;
    status.textContent = zoom === 1 ? "" : `${zoom.toFixed(1)} times larger`;
  }

  /** Zoom, and keep a point of the drawing where it is on the screen.
   * @param {number} factor @param {{x: number, y: number}} [point] */
  function zoomTo(factor, point = findFocus()) {
    const next = Math.max(1, Math.min(factor, MOST));
    left = point.x - ((point.x - left) * zoom) / next;
    top = point.y - ((point.y - top) * zoom) / next;
    zoom = next;
    draw();
  }

  /** Return the place of the mark that has the focus, or the centre of what is seen. */
  function findFocus() {
    const mark = svg.contains(document.activeElement) && document.activeElement?.querySelector("use");
    return mark ? placeOf(mark) : { x: left + width / zoom / 2, y: top + height / zoom / 2 };
  }

  /** @param {Element} mark */
  const placeOf = (mark) => ({ x: Number(mark.getAttribute("x")), y: Number(mark.getAttribute("y")) });

  /** @param {MouseEvent} event */
  function pointOf({ clientX, clientY }) {
    const box = svg.getBoundingClientRect();
    return {
      x: left + ((clientX - box.left) / box.width) * (width / zoom),
      y: top + ((clientY - box.top) / box.height) * (height / zoom),
    };
  }

  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") zoomTo(zoom * STEP);
    else if (event.key === "-") zoomTo(zoom / STEP);
    else if (event.key === "0") zoomTo(1);
    else return;
    event.preventDefault();
  });
  // A pinch on a trackpad comes as a wheel with Ctrl; without it the wheel scrolls the page, as readers expect.
  svg.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoomTo(zoom * 1.002 ** -event.deltaY, pointOf(event));
    },
    { passive: false },
  );

  // A mark that gets the focus by an arrow key is brought into sight. Not on the drawing, which would become a tab stop.
  svg.parentElement?.addEventListener("focusin", ({ target }) => {
    const mark = target instanceof Element && svg.contains(target) && target.querySelector("use");
    if (!mark || zoom === 1) return;
    const { x, y } = placeOf(mark);
    const [wide, high] = [width / zoom, height / zoom];
    if (x > left && x < left + wide && y > top && y < top + high) return;
    [left, top] = [x - wide / 2, y - high / 2];
    draw();
  });

  /** @type {{x: number, y: number, moved: boolean} | undefined} */
  let dragged;
  svg.addEventListener("pointerdown", (event) => {
    if (zoom > 1 && event.button === 0) dragged = { ...pointOf(event), moved: false };
  });
  window.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const { x, y } = pointOf(event);
    if (!dragged.moved && Math.hypot(x - dragged.x, y - dragged.y) * zoom < 6) return; // a click that trembles
    dragged.moved = true;
    left += dragged.x - x;
    top += dragged.y - y;
    draw();
  });
  window.addEventListener("pointerup", () => {
    if (!dragged?.moved) dragged = undefined;
  });
  window.addEventListener("pointercancel", () => (dragged = undefined));
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  // The click that ends a dragging opens nothing.
  svg.addEventListener(
    "click",
    (event) => {
      if (!dragged?.moved) return;
      dragged = undefined;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );

  svg.after(make("p", { class: "litbook-map-zoom" }, closer, further, whole, status));
  draw();
})();

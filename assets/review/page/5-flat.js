// The blank: zooming, pins, and the earlier version beside it.

const sheet = byId("sheet");
const scroll = byId("scroll");
const drawing = sheet.querySelector("svg");
const [LEFT, TOP, WIDTH, HEIGHT] = data.sheet;
const SVG = "http://www.w3.org/2000/svg";
const MOST_ZOOM = 12;
const TURNS = { 0: [1, 0], 90: [0, 1], 180: [-1, 0], 270: [0, -1] };
let zoom = 1;

function drawn(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Millimetres on the sheet of a place on a panel's picture. */
function onSheet({ panel, u, v }) {
  const { middle, width, height, rotation } = data.panels[panel];
  const [cosine, sine] = TURNS[rotation];
  const [x, y] = [(u - 0.5) * width, (v - 0.5) * height];
  return [middle[0] + x * cosine - y * sine, middle[1] + x * sine + y * cosine];
}

/** The place on a panel's picture at millimetres on the sheet; null beside all panels. */
function atSheet(x, y) {
  for (const [panel, { middle, width, height, rotation, round }] of Object.entries(data.panels)) {
    const [cosine, sine] = TURNS[rotation];
    const [right, down] = [x - middle[0], y - middle[1]];
    const u = (right * cosine + down * sine) / width + 0.5;
    const v = (-right * sine + down * cosine) / height + 0.5;
    const inside = round ? Math.hypot(u - 0.5, v - 0.5) <= 0.5 : u >= 0 && u <= 1 && v >= 0 && v <= 1;
    if (inside) return { panel, u, v };
  }
  return null;
}

function put(element, [x, y]) {
  element.style.left = `${((x - LEFT) / WIDTH) * 100}%`;
  element.style.top = `${((y - TOP) / HEIGHT) * 100}%`;
  if (element.parentElement !== sheet) sheet.append(element);
}

function showFlatPins() {
  refreshPins(sheet, (pin, remark) => put(pin, onSheet(remark)));
}

// Zoom

/** Width in pixels at which all of the sheet is seen. */
function fitting() {
  const room = 24;
  return Math.max(120, Math.min(scroll.clientWidth - room, ((scroll.clientHeight - room) * WIDTH) / HEIGHT));
}

/** Zoom about a point of the window; without one about the middle. */
function zoomTo(wanted, point) {
  const area = scroll.getBoundingClientRect();
  const [x, y] = point || [area.left + area.width / 2, area.top + area.height / 2];
  const before = sheet.getBoundingClientRect();
  const [across, down] = [(x - before.left) / before.width, (y - before.top) / before.height];
  zoom = Math.min(MOST_ZOOM, Math.max(1, wanted));
  sheet.style.width = `${fitting() * zoom}px`;
  const after = sheet.getBoundingClientRect();
  scroll.scrollBy(after.left + across * after.width - x, after.top + down * after.height - y);
}

scroll.addEventListener("wheel", (event) => {
  if (event.shiftKey) return;
  event.preventDefault();
  zoomTo(zoom * Math.exp(-event.deltaY / 400), [event.clientX, event.clientY]);
}, { passive: false });
scroll.addEventListener("keydown", (event) => {
  if (event.key === "+") zoomTo(zoom * 1.4);
  else if (event.key === "-") zoomTo(zoom / 1.4);
  else if (event.key === "0") zoomTo(1);
});
byId("smaller").addEventListener("click", () => zoomTo(zoom / 1.4));
byId("larger").addEventListener("click", () => zoomTo(zoom * 1.4));
byId("fit").addEventListener("click", () => zoomTo(1));
byId("measures").addEventListener("change", (event) => sheet.classList.toggle("no-measures", !event.target.checked));
new ResizeObserver(() => zoomTo(zoom)).observe(scroll);

let dragged = null;
scroll.addEventListener("pointerdown", (event) => {
  if (event.pointerType === "mouse" && event.button === 0) dragged = { x: event.clientX, y: event.clientY, far: false };
});
addEventListener("pointermove", (event) => {
  if (!dragged) return;
  dragged.far ||= Math.hypot(event.movementX, event.movementY) > 0 && Math.hypot(event.clientX - dragged.x, event.clientY - dragged.y) > DRAG;
  if (dragged.far) scroll.scrollBy(-event.movementX, -event.movementY);
});
addEventListener("pointerup", () => setTimeout(() => { dragged = null; }));
drawing.addEventListener("click", (event) => {
  if (!placing() || (dragged && dragged.far)) return;
  const area = drawing.getBoundingClientRect();
  const x = LEFT + ((event.clientX - area.left) / area.width) * WIDTH;
  const y = TOP + ((event.clientY - area.top) / area.height) * HEIGHT;
  const place = atSheet(x, y);
  if (place) placeRemark(place);
});

for (const image of drawing.querySelectorAll("image")) image.setAttribute("href", pictures[image.dataset.panel]);
showFlatPins();

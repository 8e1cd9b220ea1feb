// The earlier version under a curtain, and the places where the two differ.

const wipe = byId("wipe");
const marks = [];

/** Corners of a rectangle on a panel's picture, in millimetres on the sheet. */
function cornersOf({ panel, left, top, right, bottom }) {
  return [[left, top], [right, top], [right, bottom], [left, bottom]].map(([u, v]) => onSheet({ panel, u, v }));
}

function beginEarlier() {
  listPlaces();
  if (data.earlier.type) return; // nothing of another kind of package can be laid over this one
  const clip = drawn("rect", { x: LEFT, y: TOP, width: 0, height: HEIGHT });
  const curtain = drawn("clipPath", { id: "curtain" }, clip);
  const earlier = drawn("g", { "clip-path": "url(#curtain)", id: "earlier" });
  const board = drawing.querySelector(".board").cloneNode();
  earlier.append(board);
  for (const [panel, picture] of Object.entries(data.earlier.pictures)) {
    const url = picture ? urlOf(bytesOf(picture), "image/webp") : pictures[panel];
    earlier.append(earlierPicture(panel, url));
  }
  const edge = drawn("line", { class: "edge", y1: TOP, y2: TOP + HEIGHT });
  drawing.querySelector(".art").after(curtain, earlier);
  drawing.append(edge);
  wipe.addEventListener("input", () => showWipe(clip, edge));
  showWipe(clip, edge);
  data.earlier.places.forEach(addPlace);
}

function earlierPicture(panel, url) {
  const { middle, width, height, rotation, round } = data.panels[panel];
  const place = { x: middle[0] - width / 2, y: middle[1] - height / 2, width, height };
  const turned = { transform: `rotate(${rotation} ${middle[0]} ${middle[1]})` };
  const image = drawn("image", { ...place, ...turned, href: url, preserveAspectRatio: "none" });
  return drawn("g", round ? { "clip-path": `url(#clip-${panel})` } : {}, image);
}

function showWipe(clip, edge) {
  const x = LEFT + (WIDTH * Number(wipe.value)) / 1000;
  clip.setAttribute("x", x); // to the right of the edge: at “Now” nothing of the earlier one is left
  clip.setAttribute("width", LEFT + WIDTH - x);
  for (const end of ["x1", "x2"]) edge.setAttribute(end, x);
}

function addPlace(place, index) {
  const corners = cornersOf(place);
  const points = corners.map((corner) => corner.join(",")).join(" ");
  for (const kind of ["spot-under", "spot"]) drawing.append(drawn("polygon", { class: kind, points }));
  const mark = make("button", { type: "button", className: "mark", "aria-label": placeText(place) }, String(index + 1));
  const along = (axis) => corners.map((corner) => corner[axis]);
  mark.addEventListener("click", () => showPlace(index));
  marks.push({ mark, corner: [0, 1].map((axis) => Math.min(...along(axis))), x: (Math.min(...along(0)) + Math.max(...along(0))) / 2 });
}

const placeText = ({ panel, left, top, right, bottom }) => {
  const { width, height } = data.panels[panel];
  const sides = { width: (right - left) * width, height: (bottom - top) * height };
  return say("change", { panel: panelName(panel), width: numberText.format(sides.width), height: numberText.format(sides.height) });
};

function listPlaces() {
  const { name, size, type, places } = data.earlier;
  const told = [say("changes_about", { name })];
  if (type) told.push(say("changes_type", { type: say(type) }));
  if (size) told.push(say("changes_size", { size: size.map((side) => numberText.format(side)).join(" × ") }));
  told.push(places.length ? say("change_places", { count: places.length }) : type ? "" : say("no_changes"));
  byId("changes-about").textContent = told.join(" ").trim();
  places.forEach((place, index) => {
    const number = make("span", { className: "number", "aria-hidden": "true" }, String(index + 1));
    const button = make("button", { type: "button" }, number, make("span", {}, placeText(place)));
    button.addEventListener("click", () => showPlace(index));
    byId("change-list").append(make("li", {}, button));
  });
  byId("changes").hidden = false;
  byId("tab-changes").hidden = Boolean(type);
}

/** Bring a place into view, the curtain through its middle. */
function showPlace(index) {
  openTab("changes");
  const { mark, x } = marks[index];
  wipe.value = String(Math.round(((x - LEFT) / WIDTH) * 1000));
  wipe.dispatchEvent(new Event("input"));
  mark.scrollIntoView({ block: "center", inline: "center" });
}

function showEarlier(on) {
  byId("wipe-row").hidden = !on;
  for (const part of drawing.querySelectorAll("#earlier, .edge, .spot, .spot-under")) part.style.display = on ? "" : "none";
  for (const { mark, corner } of marks) {
    if (on) put(mark, corner);
    else mark.remove();
  }
}

if (data.earlier) {
  beginEarlier();
  showEarlier(false);
}

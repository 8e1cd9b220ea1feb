// The package in 3D: turning, folding, pins.

const viewer = byId("viewer");
const fold = byId("fold");
const GAP = 1.08; // around the package in the picture
const FIELD = (26 * Math.PI) / 180;
const DRAG = 6; // pixels a finger may move in a click

/** Theta and phi of the viewer for degrees around the package, -90 at the front, and above the floor. */
const orbitOf = ({ azimuth, elevation }) => [azimuth + 90, 90 - elevation];
const share = () => Number(fold.value) / data.steps;
const isClosed = () => Number(fold.value) === data.steps;

/** The middle and distance at which all of the package is in the picture. */
function framing() {
  const { x, y, z, radius } = data.framings[Number(fold.value)];
  const narrow = Math.min(1, viewer.clientWidth / Math.max(1, viewer.clientHeight));
  return { target: `${x}m ${y}m ${z}m`, distance: (GAP * radius) / Math.sin(Math.atan(Math.tan(FIELD / 2) * narrow)) };
}

/** Where the camera is going; null once somebody turns the package by hand. */
let goal = null;

function frame(theta, phi) {
  const { target, distance } = framing();
  goal = [theta, phi];
  viewer.minCameraOrbit = `auto 0deg ${(distance / 12).toFixed(4)}m`;
  viewer.maxCameraOrbit = `auto 180deg ${(distance * 2.5).toFixed(4)}m`;
  viewer.cameraTarget = target;
  viewer.cameraOrbit = `${theta}deg ${phi}deg ${distance.toFixed(4)}m`;
}

function showFold() {
  viewer.currentTime = share();
  byId("fold-said").textContent = `${Math.round(share() * 100)} %`;
}

/** The lamps stand with the camera, as in packdesk: the studio turns with it. */
const scene = (() => {
  const named = Object.getOwnPropertySymbols(viewer).find((symbol) => symbol.description === "scene");
  return named ? viewer[named] : null;
})();

function turnStudio() {
  if (scene && scene.environmentRotation) scene.environmentRotation.y = viewer.getCameraOrbit().theta;
}

/** Whether this browser draws in 3D at all; the viewer would show nothing, and say nothing. */
function canDraw() {
  const context = make("canvas").getContext("webgl2");
  if (context) context.getExtension("WEBGL_lose_context")?.loseContext();
  return Boolean(context);
}

function beginModel() {
  viewer.setAttribute("a11y", JSON.stringify(data.a11y));
  viewer.style.setProperty("--studio", data.studio.background);
  viewer.shadowIntensity = data.studio.shadow;
  viewer.exposure = data.studio.exposure;
  viewer.toneMapping = data.studio.tones;
  viewer.environmentImage = `${urlOf(bytesOf(data.studio.light), "image/vnd.radiance")}#.hdr`;
  viewer.animationName = "fold";
  fold.value = String(Math.round(data.view.folded * data.steps));
  frame(...orbitOf(data.view));
  viewer.addEventListener("load", onLoaded);
  viewer.addEventListener("error", () => tellBusy(say("no_3d")));
  viewer.addEventListener("camera-change", (event) => {
    if (event.detail.source === "user-interaction") goal = null;
    turnStudio();
  });
  viewer.src = urlOf(glb, "model/gltf-binary");
}

function tellBusy(text) {
  byId("busy").textContent = text;
}

function onLoaded() {
  viewer.play({ repetitions: Infinity });
  viewer.pause();
  showFold();
  showPins();
  frame(...orbitOf(data.view));
  viewer.jumpCameraToGoal();
  turnStudio();
  viewer.dismissPoster();
  tellBusy("");
  requestAnimationFrame(() => {
    root.dataset.ready = String(Math.round(performance.now())); // milliseconds since the file was opened
  });
}

function look(view) {
  const [theta, phi] = orbitOf(view);
  if (view.folded !== undefined) fold.value = String(Math.round(view.folded * data.steps));
  onFolded();
  frame(theta, Math.min(179.9, Math.max(0.1, phi)));
}

function onFolded() {
  showFold();
  showPins();
  const { theta, phi } = viewer.getCameraOrbit();
  frame(...(goal || [theta, phi].map((angle) => (angle * 180) / Math.PI)));
}

// Pins

function pinOf(remark, number) {
  const name = say("pin", { number, panel: panelName(remark.panel) });
  const pin = make("button", { className: "pin", type: "button", title: remark.text, "aria-label": name }, String(number));
  pin.classList.toggle("chosen", remark.id === chosen.id);
  pin.dataset.remark = remark.id;
  pin.addEventListener("click", (event) => {
    event.stopPropagation();
    choose(remark.id, "pin");
  });
  pin.addEventListener("keydown", (event) => onPinKey(event, remark));
  return pin;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function onPinKey(event, remark) {
  const way = ARROWS[event.key];
  if (!way) return;
  event.preventDefault();
  event.stopPropagation();
  const step = event.shiftKey ? 0.05 : 0.01;
  moveRemark(remark, step * way[0], step * way[1]);
}

/** Have a pin for each remark, numbered in order; those that are there stay, and keep the focus. */
function refreshPins(parent, move) {
  const there = new Map([...parent.querySelectorAll(".pin")].map((pin) => [pin.dataset.remark, pin]));
  draft.remarks.forEach((remark, index) => {
    const former = there.get(remark.id);
    there.delete(remark.id);
    const pin = former && former.textContent === String(index + 1) ? former : pinOf(remark, index + 1);
    if (former && pin !== former) former.remove();
    move(pin, remark);
  });
  for (const pin of there.values()) pin.remove();
}

function showPins() {
  refreshPins(viewer, (pin, remark) => {
    const surface = surfaceOf(remark, !isClosed());
    pin.dataset.surface = surface;
    if (pin.parentElement === viewer) {
      viewer.updateHotspot({ name: pin.slot, surface });
      return;
    }
    pin.slot = `hotspot-${remark.id}`;
    pin.dataset.visibilityAttribute = "visible";
    viewer.append(pin);
  });
}

/** Turn a remark's place to the front, wherever the folding has brought it. */
function faceRemark(remark) {
  const pin = viewer.queryHotspot(`hotspot-${remark.id}`);
  if (!pin) return;
  const { x, y, z } = pin.normal;
  look({ azimuth: (Math.atan2(x, z) * 180) / Math.PI - 90, elevation: (Math.asin(Math.min(1, Math.max(-1, y))) * 180) / Math.PI });
}

let pressed = null;
viewer.addEventListener("pointerdown", (event) => { pressed = [event.clientX, event.clientY]; }, true);
viewer.addEventListener("click", (event) => {
  if (!placing() || !pressed || Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) > DRAG) return;
  const place = placeAt(viewer, event.clientX, event.clientY);
  if (place) placeRemark(place);
});

fold.addEventListener("input", onFolded);
new ResizeObserver(() => { if (root.dataset.ready) onFolded(); }).observe(viewer);

for (const view of data.views) {
  const name = view.named ? view.name : view.name === "home" ? say("view_home") : panelName(view.name);
  const button = make("button", { type: "button" }, name);
  button.addEventListener("click", () => look(view));
  byId("views").append(button);
}

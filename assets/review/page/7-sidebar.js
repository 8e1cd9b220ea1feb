// Remarks, checklist and decision beside the design; the tabs above; the answer's way out.

const isPlacing = { on: false };
const placing = () => isPlacing.on;

function setPlacing(on) {
  isPlacing.on = on;
  root.classList.toggle("placing", on);
  byId("add").setAttribute("aria-pressed", String(on));
  byId("hint").hidden = !on;
  byId("no-remarks").hidden = on || draft.remarks.length > 0;
  if (on) byId("hint").scrollIntoView({ block: "nearest" });
}

function placeRemark(place) {
  setPlacing(false);
  const remark = addRemark(place);
  announce(say("placed", { number: draft.remarks.length, panel: panelName(remark.panel) }));
  byId(`words-${remark.id}`).focus();
}

function tell(text, wrong = false) {
  byId("told").textContent = text;
  byId("told").classList.toggle("wrong", wrong);
  byId("told").scrollIntoView({ block: "nearest" });
}

/** What everybody else sees happen. */
function announce(text) {
  byId("announced").textContent = text;
}

// Tabs

const TABS = ["model", "flat", "changes"];

function openTab(name) {
  for (const tab of TABS) {
    byId(`tab-${tab}`).setAttribute("aria-selected", String(tab === name));
    byId(`tab-${tab}`).tabIndex = tab === name ? 0 : -1;
  }
  byId("model-view").hidden = name !== "model";
  byId("flat-view").hidden = name === "model";
  byId("flat-view").setAttribute("aria-labelledby", `tab-${name}`);
  if (data.earlier) showEarlier(name === "changes");
  if (name !== "model") zoomTo(zoom);
}

const inModel = () => !byId("model-view").hidden;

for (const name of TABS) {
  const tab = byId(`tab-${name}`);
  tab.addEventListener("click", () => openTab(name));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const shown = TABS.filter((one) => !byId(`tab-${one}`).hidden);
    const next = shown[(shown.indexOf(name) + step + shown.length) % shown.length];
    openTab(next);
    byId(`tab-${next}`).focus();
  });
}

// Remarks

function remarkItem(remark, index) {
  const number = index + 1;
  const show = make("button", { type: "button", className: "plain" }, say("show"));
  const remove = make("button", { type: "button", className: "plain" }, say("remove"));
  show.addEventListener("click", () => choose(remark.id, "list"));
  remove.addEventListener("click", () => {
    removeRemark(remark);
    announce(say("removed", { number }));
    byId("add").focus();
  });
  const words = make("textarea", {
    id: `words-${remark.id}`, maxLength: 2000, rows: 3, value: remark.text, placeholder: say("write"),
    "aria-label": say("remark", { number }),
  });
  words.addEventListener("input", () => {
    remark.text = words.value;
    for (const pin of document.querySelectorAll(`.pin[data-remark="${remark.id}"]`)) pin.title = words.value;
    changed("words");
  });
  words.addEventListener("focus", () => choose(remark.id));
  const head = make("div", { className: "head" },
    make("span", { className: "number", "aria-hidden": "true" }, String(number)),
    make("span", { className: "where" }, panelName(remark.panel)), show, remove);
  const item = make("li", { className: "remark" }, head, words);
  item.dataset.remark = remark.id;
  return item;
}

function showRemarks() {
  byId("remark-list").replaceChildren(...draft.remarks.map(remarkItem));
  byId("remark-count").textContent = draft.remarks.length ? String(draft.remarks.length) : "";
  byId("no-remarks").hidden = placing() || draft.remarks.length > 0;
  byId("add").disabled = draft.remarks.length >= MOST_REMARKS;
}

function showChosen(where) {
  for (const shown of document.querySelectorAll("[data-remark]")) {
    shown.classList.toggle("chosen", shown.dataset.remark === chosen.id);
  }
  const remark = draft.remarks.find((one) => one.id === chosen.id);
  if (!remark) return;
  if (where === "list" && inModel()) faceRemark(remark);
  if (where === "list" && !inModel()) {
    const pin = sheet.querySelector(`[data-remark="${remark.id}"]`);
    if (pin) pin.scrollIntoView({ block: "center", inline: "center" });
  }
  if (where === "pin") byId(`words-${remark.id}`).scrollIntoView({ block: "nearest" });
}

listeners.push((what, where) => {
  if (what === "remarks") showRemarks();
  if (what === "remarks" || what === "places") {
    showPins();
    showFlatPins();
  }
  if (what === "chosen") showChosen(where);
});

// Checklist, decision, name

for (const id of data.checklist) {
  const box = make("input", { type: "checkbox", checked: draft.checked.includes(id) });
  box.addEventListener("change", () => {
    draft.checked = data.checklist.filter((one) => (one === id ? box.checked : draft.checked.includes(one)));
    changed("checklist");
  });
  byId("checklist").append(make("label", {}, box, make("span", {}, say(`check_${id}`))));
}
for (const choice of document.querySelectorAll("[name=verdict]")) {
  choice.checked = draft.verdict === choice.value;
  choice.addEventListener("change", () => {
    draft.verdict = choice.value;
    changed("verdict");
  });
}
byId("reviewer").value = draft.reviewer;
byId("reviewer").addEventListener("input", (event) => {
  draft.reviewer = event.target.value;
  changed("reviewer");
});

// The way out

/** The answer's text, or nothing after saying what is missing. */
async function finished() {
  const lack = lacking();
  if (!lack) return answerText();
  tell(lack.text, true);
  lack.at.focus();
  return null;
}

const fileName = () => {
  const plain = (text) => text.replace(/[^\p{L}\p{N}._ -]+/gu, "").replace(/\s+/g, " ").trim().slice(0, 60);
  return `${[data.name, draft.reviewer].map(plain).filter(Boolean).join(" - ") || "packdesk"}-answer.json`;
};

byId("save").addEventListener("click", async () => {
  const text = await finished();
  if (text === null) return;
  const link = make("a", { href: urlOf(text, "application/json"), download: fileName() });
  link.click();
  unsent = false;
  tell(say("saved", { file: fileName() }));
});

/** As lines of letters that a mail program may break and quote. */
function armoured(answer) {
  const letters = [...new TextEncoder().encode(answer)].map((byte) => String.fromCharCode(byte)).join("");
  const lines = btoa(letters).match(/.{1,64}/g).join("\n");
  return `-----BEGIN PACKDESK ANSWER-----\n${lines}\n-----END PACKDESK ANSWER-----\n`;
}

byId("copy").addEventListener("click", async () => {
  const answer = await finished();
  if (answer === null) return;
  const text = armoured(answer);
  byId("text").value = text;
  try {
    await navigator.clipboard.writeText(text);
    unsent = false;
    tell(say("copied"));
  } catch {
    byId("text-row").hidden = false; // this browser copies for nobody: by hand, then
    tell(say("copy_by_hand"));
    byId("text").select();
  }
});

async function send(text) {
  const token = new URLSearchParams(location.search).get("token");
  const headers = { "Content-Type": "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) };
  const answer = await fetch("/packaging/review/answers", { method: "POST", headers, body: text });
  if (answer.ok) return null;
  const { detail } = await answer.json();
  return typeof detail === "string" ? detail : say("unreachable");
}

byId("send").addEventListener("click", async () => {
  const text = await finished();
  if (text === null) return;
  const why = await send(text).catch(() => say("unreachable"));
  if (why === null) unsent = false;
  tell(why === null ? say("sent") : say("send_failed", { why }), why !== null);
});

if (data.live) {
  byId("send").hidden = false;
  byId("save").classList.remove("primary");
  byId("next").textContent = say("next_live");
}

// Placing

byId("add").addEventListener("click", () => setPlacing(!placing()));
byId("hint-stop").addEventListener("click", () => {
  setPlacing(false);
  byId("add").focus();
});
byId("hint-place").addEventListener("click", () => placeRemark({ panel: byId("hint-panel").value, u: 0.5, v: 0.5 }));
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && placing()) setPlacing(false);
});
for (const panel of Object.keys(data.panels)) byId("hint-panel").append(make("option", { value: panel }, panelName(panel)));

const sizes = data.size.map((side) => numberText.format(side)).join(" × ");
const when = new Intl.DateTimeFormat(data.lang, { dateStyle: "long" }).format(new Date(data.made));
byId("about").textContent = `${say(data.type)} ${sizes} mm · ${say("exported", { when })}`;
showRemarks();
if (canDraw()) beginModel();
else {
  tellBusy(say("no_3d"));
  openTab("flat");
}

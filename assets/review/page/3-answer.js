// What the reviewer says, kept in this browser until it is cleared, and the answer made of it.

const DRAFT = `packdesk-review-${data.review}`;
const listeners = [];
const MOST_REMARKS = 500; // more, no answer may hold
const draft = readDraft();
let unsent = false;

/** What was said before; whatever else stands there is left out. */
function readDraft() {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem(DRAFT)) || {};
  } catch {
    // No storage is allowed here, or nothing of ours stands in it: the page works all the same.
  }
  const texts = (list) => (Array.isArray(list) ? list.filter((one) => typeof one === "string") : []);
  const whole = ({ id, panel, u, v, text, at }) =>
    /^[0-9a-f]{32}$/.test(id) && Object.hasOwn(data.panels, panel) && [u, v].every((one) => one >= 0 && one <= 1) && texts([text, at]).length === 2;
  return {
    reviewer: typeof kept.reviewer === "string" ? kept.reviewer : "",
    verdict: ["approved", "changes", ""].includes(kept.verdict) ? kept.verdict : null,
    checked: texts(kept.checked),
    remarks: Array.isArray(kept.remarks) ? kept.remarks.filter((one) => one && whole(one)).slice(0, MOST_REMARKS) : [],
  };
}

/** Something was said: keep it, and tell the parts that show it. */
function changed(what) {
  unsent = true;
  try {
    localStorage.setItem(DRAFT, JSON.stringify(draft));
  } catch {
    // As above.
  }
  for (const listener of listeners) listener(what);
}

const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const now = () => `${new Date().toISOString().slice(0, 19)}Z`;
const rounded = (value) => Math.round(within(value) * 1e5) / 1e5;

function addRemark({ panel, u, v }) {
  const remark = { id: newId(), panel, u: rounded(u), v: rounded(v), text: "", at: now() };
  draft.remarks.push(remark);
  changed("remarks");
  choose(remark.id);
  return remark;
}

function moveRemark(remark, right, down) {
  remark.u = rounded(remark.u + right);
  remark.v = rounded(remark.v + down);
  changed("places");
}

function removeRemark(remark) {
  draft.remarks = draft.remarks.filter((one) => one !== remark);
  changed("remarks");
}

const chosen = { id: null };

/** One remark is chosen everywhere at once. */
function choose(id, where = "") {
  chosen.id = id;
  for (const listener of listeners) listener("chosen", where);
}

/** Why there is no answer yet, or null. */
function lacking() {
  if (!draft.reviewer.trim()) return { text: say("name_missing"), at: byId("reviewer") };
  const empty = draft.remarks.findIndex((remark) => !remark.text.trim());
  if (empty >= 0) return { text: say("remark_empty", { number: empty + 1 }), at: byId(`words-${draft.remarks[empty].id}`) };
  if (draft.verdict === null) return { text: say("verdict_missing"), at: document.querySelector("[name=verdict]") };
  return null;
}

/** The answer as text: what was said, and the seal that shows it was made here and not changed since. */
async function answerText() {
  const answer = JSON.stringify({
    review: data.review,
    design: data.design,
    reviewer: draft.reviewer.trim(),
    at: now(),
    verdict: draft.verdict || null,
    checklist: data.checklist.map((id) => ({ id, done: draft.checked.includes(id) })),
    remarks: draft.remarks.map(({ id, panel, u, v, text, at }) => ({ id, panel, u, v, text: text.trim(), at })),
  });
  return JSON.stringify({ packdesk_answer: 1, answer, mac: await sealOf(answer) });
}

async function sealOf(answer) {
  if (!crypto.subtle) return null; // not offered to pages from another computer without TLS
  const bytes = Uint8Array.from(data.key.match(/../g), (pair) => parseInt(pair, 16));
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const seal = new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(answer)));
  return [...seal].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

addEventListener("beforeunload", (event) => {
  if (unsent && draft.remarks.length) event.preventDefault();
});

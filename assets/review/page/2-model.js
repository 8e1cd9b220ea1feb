// The GLB file: its pictures, and which place of a picture lies where on its surfaces. Format: glTF 2.0.

const glb = bytesOf(byId("model").textContent.trim());
const gltf = (() => {
  const view = new DataView(glb.buffer);
  const length = view.getUint32(12, true);
  const tree = JSON.parse(new TextDecoder().decode(glb.subarray(20, 20 + length)));
  return { ...tree, binary: 28 + length };
})();

/** Part of the file a buffer view names. */
function partOf(index) {
  const { byteOffset = 0, byteLength } = gltf.bufferViews[index];
  return glb.slice(gltf.binary + byteOffset, gltf.binary + byteOffset + byteLength);
}

function numbersOf(index) {
  const accessor = gltf.accessors[index];
  const { buffer } = partOf(accessor.bufferView);
  return accessor.componentType === 5126 ? new Float32Array(buffer) : new Uint32Array(buffer);
}

/** Addresses of the panels' pictures. */
const pictures = (() => {
  const urls = (gltf.images || []).map((image) => urlOf(partOf(image.bufferView), image.mimeType));
  const found = {};
  for (const material of gltf.materials) {
    const texture = material.pbrMetallicRoughness.baseColorTexture;
    if (texture) {
      const { source, extensions } = gltf.textures[texture.index];
      found[material.name] = urls[extensions ? extensions.EXT_texture_webp.source : source];
    }
  }
  return found;
})();

/** The printed surfaces: mesh, panel, whether of the blank, picture places and triangles. */
const surfaces = gltf.meshes.flatMap((mesh, index) => {
  const { panel_id: panel, blank = false } = mesh.extras;
  if (!panel) return [];
  const { attributes, indices } = mesh.primitives[0];
  return [{ mesh: index, panel, blank, uvs: numbersOf(attributes.TEXCOORD_0), faces: numbersOf(indices) }];
});

/** The place on a panel's picture at a point of the window; null beside all pictures. */
function placeAt(viewer, x, y) {
  // Of the surface only the mesh is used: the viewer's shares of its corners are wrong unless it looks at the origin.
  const [mesh, primitive] = (viewer.surfaceFromPoint(x, y) || "").split(" ").map(Number);
  const surface = surfaces.find((one) => one.mesh === mesh);
  const hit = viewer.positionAndNormalFromPoint(x, y);
  if (!surface || primitive !== 0 || !hit || !hit.uv) return null;
  return { panel: surface.panel, u: within(hit.uv.u), v: within(hit.uv.v) };
}

/** The surface, as the viewer names it, on which a place of a picture lies; of the blank or of the closed package. */
function surfaceOf({ panel, u, v }, blank) {
  let nearest = null;
  for (const { mesh, uvs, faces } of surfaces.filter((one) => one.panel === panel && one.blank === blank)) {
    for (let face = 0; face < faces.length; face += 3) {
      const corners = [...faces.subarray(face, face + 3)];
      const shares = sharesIn(corners.map((corner) => [uvs[2 * corner], uvs[2 * corner + 1]]), u, v);
      const outside = Math.max(0, -Math.min(...shares));
      if (!nearest || outside < nearest.outside) nearest = { outside, mesh, corners, shares };
    }
  }
  if (!nearest) return null;
  const inside = nearest.shares.map((share) => Math.max(share, 0));
  const sum = inside.reduce((one, other) => one + other);
  return [nearest.mesh, 0, ...nearest.corners, ...inside.map((share) => (share / sum).toFixed(5))].join(" ");
}

/** Shares of a triangle's corners at a point: all positive inside; far outside for one without area. */
function sharesIn([[ax, ay], [bx, by], [cx, cy]], x, y) {
  const area = (by - cy) * (ax - cx) + (cx - bx) * (ay - cy);
  if (Math.abs(area) < 1e-12) return [-1e9, -1e9, -1e9];
  const a = ((by - cy) * (x - cx) + (cx - bx) * (y - cy)) / area;
  const b = ((cy - ay) * (x - cx) + (ax - cx) * (y - cy)) / area;
  return [a, b, 1 - a - b];
}

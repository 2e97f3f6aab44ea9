// A chart higher than a sheet, or than what the title leaves of the first, is printed in strips that are cut where nothing is drawn: it breaks between its rows, in letters
// that can be read. Without this script it is printed on one sheet, small. The public site has no script: insight/charts/render_svg/strips.py.
if (!window.printsInStrips) {
  window.printsInStrips = true;
  const LEAST = 60;  // pixels that a strip has at least, so low that sheets are filled to their foot; a text as high stands on end and is of no row
  const SVG = "http://www.w3.org/2000/svg";
  const cutsOf = (chart, frame) => {
    const drawn = [...chart.querySelectorAll("text, .point path, path.point")].map((one) => one.getBoundingClientRect())
      .filter((one) => one.height && one.height < LEAST).sort((one, other) => one.top - other.top);
    const gaps = [], cuts = [0];
    let bottom = 0;
    for (const { top, bottom: end } of drawn) {
      const free = top - frame.top - bottom;
      if (free > 0) gaps.push({ at: bottom + free / 2, free });
      bottom = Math.max(bottom, end - frame.top);
    }
    // The widest of those within reach: the one between a name and its bar is narrower than the one between two rows.
    for (let near; (near = gaps.filter(({ at }) => at >= cuts.at(-1) + LEAST)).length;) {
      const reach = near[0].at + LEAST;
      cuts.push(near.filter(({ at }) => at <= reach).reduce((best, one) => one.free > best.free + 1 ? one : best).at);
    }
    return [...cuts.slice(0, Math.max(1, cuts.length - 1)), frame.height];  // under the last row there is but the axis
  };
  const strip = (layers, width, from, to) => {
    const svg = document.createElementNS(SVG, "svg");
    const height = to - from, size = { width, height, viewBox: `0 ${from} ${width} ${height}` };
    Object.entries(size).forEach(([name, value]) => svg.setAttribute(name, value));
    for (const layer of layers) svg.appendChild(document.createElementNS(SVG, "use")).setAttribute("href", `#${layer.id}`);
    return svg;
  };
  // The axis under the last row is drawn above the first too: on the sheets between nobody could tell how long a bar is.
  const axisOf = (chart, layers, frame) => {
    const labels = [...chart.querySelectorAll(".xtick text, .x2tick text")].filter((one) => one.getBoundingClientRect().height);
    const words = new Set(labels.map((one) => one.textContent)), drawn = labels.map((one) => one.getBoundingClientRect());
    const has = [...chart.querySelectorAll("text")].some((one) => words.has(one.textContent) && one.getBoundingClientRect().top < frame.top + LEAST);
    if (!drawn.length || has) return [];
    const from = Math.min(...drawn.map((one) => one.top)) - frame.top - 2, to = Math.max(...drawn.map((one) => one.bottom)) - frame.top + 2;
    const axis = strip(layers, frame.width, from, to);
    axis.setAttribute("class", "axis");
    return [axis];
  };
  // What stands under a chart: its key goes before the first strip, so that it is read before the bars, its source, which must not begin
  // a sheet, with the last.
  const footOf = (chart) => {
    const found = [];
    let next = chart.closest("[class*=st-key-half], [class*=st-key-high], [class*=st-key-tall]").parentElement;
    while ((next = next.nextElementSibling) && !found.some((one) => one.querySelector("[class*=st-key-line-]"))) found.push(next);
    return found;
  };
  const toCut = () => {
    const lines = "[class*=st-key-line-]", charts = [...document.querySelectorAll("[data-testid=stPlotlyChart]")];
    const shown = charts.filter((one) => one.getClientRects().length && one.querySelector("svg.main-svg"));
    const first = shown.find((one) => one === shown[0] && one.closest("[class*=st-key-half], [class*=st-key-high]"));
    const above = document.querySelector(`${lines}, .figures, .listing, .matrix`);
    const begins = first && (!above || first.compareDocumentPosition(above) & Node.DOCUMENT_POSITION_FOLLOWING);
    return shown.filter((one) => one.closest("[class*=st-key-tall]") || (begins && one === first));
  };
  window.addEventListener("beforeprint", () => {
    toCut().forEach((chart, place) => {
      const layers = [...chart.querySelectorAll("svg.main-svg")], strips = document.createElement("div");
      layers.forEach((layer, depth) => { layer.id ||= `printed-${place}-${depth}`; });
      const frame = layers[0].getBoundingClientRect(), cuts = cutsOf(chart, frame);
      const parts = cuts.slice(1).map((to, at) => strip(layers, frame.width, cuts[at], to));
      const head = document.createElement("div"), foot = document.createElement("div");
      strips.className = "strips";
      strips.append(head, ...parts.slice(1, -1), foot);
      head.append(...axisOf(chart, layers, frame), parts[0]);
      if (parts.length > 1) foot.append(parts.at(-1));
      const under = footOf(chart);
      under.forEach((one) => { if (!one.querySelector(".key")) foot.append(one.cloneNode(true)); });
      head.prepend(...under.filter((one) => one.querySelector(".key")).map((one) => one.cloneNode(true)));
      under.forEach((one) => one.classList.add("in-strips"));
      chart.classList.add("in-strips");
      chart.after(strips);
      document.documentElement.classList.add("with-strips");
    });
  });
  window.addEventListener("afterprint", () => {
    document.querySelectorAll(".strips").forEach((one) => one.remove());
    document.querySelectorAll(".in-strips").forEach((one) => one.classList.remove("in-strips"));
    document.documentElement.classList.remove("with-strips");
  });
}
